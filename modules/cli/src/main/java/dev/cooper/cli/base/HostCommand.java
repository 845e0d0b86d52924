package dev.cooper.cli.base;

import dev.cooper.base.BaseImage;
import dev.cooper.base.HostBase;
import dev.cooper.base.LeftOut;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper base host}. */
@Usage(
    name = "base host",
    synopsis = "cooper base host [OPTIONS]",
    description =
        "Make a base image of this running system: its one file system, without caches, logs, keys"
            + " and passwords; what is left out is listed")
public final class HostCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin MadeImageFlags flags = new MadeImageFlags();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave out as well, as .dockerignore does; may be repeated")
  List<String> excluded = new ArrayList<>();

  @Option(
      names = "--system",
      paramLabel = "DIR",
      description = "The root directory of the system, if it is mounted elsewhere (default /)")
  String root = "/";

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    List<LeftOut> leftOut = new ArrayList<>();
    Files.createDirectories(invocation.root());
    BaseImage image =
        HostBase.of(
            Path.of(root),
            excluded,
            List.of(invocation.root().toRealPath()),
            Made.epoch().orElse(Instant.MAX),
            leftOut::add);
    // The same day and the same files give the same image.
    Instant created = Made.epoch().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.DAYS));
    int status =
        Made.keep(
            image,
            flags.tag == null ? "host" : flags.tag,
            flags.quiet,
            created,
            () -> HostBase.dockerfile(Path.of(root).toAbsolutePath().normalize(), leftOut),
            invocation);
    Made.tellLeftOut(leftOut, flags.quiet, invocation);
    return status;
  }
}
