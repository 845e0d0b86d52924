package dev.cooper.cli.base;

import dev.cooper.base.BaseImage;
import dev.cooper.base.DirectoryBase;
import dev.cooper.base.IdMapping;
import dev.cooper.base.LeftOut;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper base from-dir}. */
@Usage(
    name = "base from-dir",
    synopsis = "cooper base from-dir [OPTIONS] DIR",
    description = "Make a base image of a directory that holds a root file system")
public final class DirectoryCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin RootImageFlags flags = new RootImageFlags();

  @Option(
      names = "--chown",
      paramLabel = "UID:GID",
      description = "Whom all files belong to in the image (default: as they do here)")
  @Nullable String owner;

  @Option(
      names = "--map-ids",
      paramLabel = "FROM:TO:COUNT",
      description = "Map a range of user and group ids, such as 100000:0:65536; may be repeated")
  List<String> ranges = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave out, as .dockerignore does; may be repeated")
  List<String> excluded = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    if (owner != null && !ranges.isEmpty()) {
      throw new CooperException.InvalidInput(
          "--chown and --map-ids both say whom files belong to: give one of them");
    }
    IdMapping ids =
        owner != null
            ? IdMapping.owner(owner)
            : ranges.isEmpty() ? IdMapping.KEPT : IdMapping.ranges(ranges);
    Path directory = Path.of(operands.getFirst());
    List<LeftOut> leftOut = new ArrayList<>();
    BaseImage image =
        DirectoryBase.of(
            directory,
            ids,
            excluded,
            flags.platform(),
            Made.epoch().orElse(Instant.MAX),
            leftOut::add);
    int status = Made.keep(image, flags.tag, flags.quiet, Made.changed(directory), invocation);
    Made.tellLeftOut(leftOut, flags.quiet, invocation);
    return status;
  }
}
