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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper base from-tar}. */
@Usage(
    name = "base from-tar",
    synopsis = "cooper base from-tar [OPTIONS] FILE",
    description = "Make a base image from a tar of a root file system, packed or not")
public final class TarCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin RootImageFlags flags = new RootImageFlags();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    if (operands.getFirst().equals("-")) {
      throw new CooperException.InvalidInput(
          "from-tar reads a file: it has a Dockerfile to tell",
          "cooper import - NAME reads standard input");
    }
    Path tar = Path.of(operands.getFirst());
    BaseImage image = TarBase.of(tar, flags.platform());
    return Made.keep(image, flags.tag, flags.quiet, Made.changed(tar), invocation);
  }
}
