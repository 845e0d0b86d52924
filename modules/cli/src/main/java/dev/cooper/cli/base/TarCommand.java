package dev.cooper.cli.base;

import dev.cooper.base.BaseImage;
import dev.cooper.base.TarBase;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper base from-tar}. */
@Usage(
    name = "base from-tar",
    synopsis = "cooper base from-tar [OPTIONS] FILE",
    description = "Make a base image from a tar of a root file system, packed or not")
public final class TarCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME",
      description = "The image's name")
  @Nullable String tag;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "What the programs in it run on (default this machine)")
  @Nullable String platform;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the image's id")
  boolean quiet;

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    Path tar = Path.of(operands.getFirst());
    Platform runsOn = platform == null ? Platform.host() : Platform.parse(platform);
    BaseImage image = TarBase.of(tar, runsOn);
    return Made.keep(image, tag, quiet, Made.changed(tar), invocation);
  }
}
