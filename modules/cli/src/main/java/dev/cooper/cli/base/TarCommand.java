package dev.cooper.cli.base;

import dev.cooper.base.BaseImage;
import dev.cooper.base.TarBase;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper base from-tar}. */
@Usage(
    name = "base from-tar",
    synopsis = "cooper base from-tar [OPTIONS] FILE|-",
    description =
        "Make a base image from a tar of a root file system, packed or not: a file, or standard input")
public final class TarCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin RootImageFlags flags = new RootImageFlags();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    String operand = operands.getFirst();
    if (operand.isEmpty()) {
      throw new CooperException.InvalidInput("a path is empty");
    }
    Path tar = Path.of(operand);
    boolean stream = operand.equals("-");
    BaseImage image =
        stream
            ? TarBase.of(invocation.console().in(), "standard input", flags.platform())
            : TarBase.of(tar, flags.platform());
    // A stream has no date: on the same day the same one gives the same image.
    Instant created =
        stream || !Files.isRegularFile(tar)
            ? Made.epoch().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.DAYS))
            : Made.changed(tar);
    return Made.keep(image, flags.tag, flags.quiet, created, invocation);
  }
}
