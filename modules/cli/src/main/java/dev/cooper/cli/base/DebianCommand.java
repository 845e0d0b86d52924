package dev.cooper.cli.base;

import dev.cooper.base.DebianBase;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cooper base debian}. */
@Usage(
    name = "base debian",
    synopsis = "cooper base debian [OPTIONS] SUITE[-slim]",
    description =
        "Make a base image from Debian's packages, with mmdebstrap, as the official images are:"
            + " bookworm, or bookworm-slim without manual pages, documents and translations")
public final class DebianCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin MadeImageFlags flags = new MadeImageFlags();

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "What to install, by mmdebstrap's names (default minbase)")
  String variant = "minbase";

  @Option(
      names = "--include",
      paramLabel = "PACKAGES",
      split = ",",
      description = "Further packages, separated by commas")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "The processor, such as arm64; needs qemu-user (default this machine's)")
  @Nullable String architecture;

  @Option(names = "--mirror", paramLabel = "URI", description = "Where packages come from")
  @Nullable String mirror;

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    String suite = operands.getFirst();
    // The same day and the same packages give the same image.
    Instant created = Made.epoch().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.DAYS));
    DebianBase base =
        new DebianBase(
            suite,
            variant,
            include,
            Optional.ofNullable(mirror),
            Optional.ofNullable(architecture),
            created);
    return flags.keep(
        base.image(flags.quiet ? line -> {} : line -> SizeLine.above(line, invocation.console())),
        "debian:" + suite,
        created,
        invocation);
  }
}
