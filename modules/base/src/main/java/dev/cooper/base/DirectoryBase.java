package dev.cooper.base;

import dev.cooper.dockerfile.IgnoreFile;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Platform;
import dev.cooper.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The contents of a directory of this machine as a root file system. Needs Linux. */
public final class DirectoryBase {
  private DirectoryBase() {}

  /**
   * An image whose layer is the directory: names, modes, times, devices, links, names of the same
   * file, file capabilities and {@code user.} attributes as they are. Sockets are left out.
   *
   * @param ids whom the files belong to in the image
   * @param excluded patterns as in {@code .dockerignore}
   * @param platform what the programs in it run on; empty to look at them
   * @param latest no file gets a later time
   * @param leftOut told of what is not in the image, while it is written
   * @throws dev.cooper.image.CooperException.NotFound when there is no such directory
   */
  public static BaseImage of(
      Path directory,
      IdMapping ids,
      List<String> excluded,
      Optional<Platform> platform,
      Instant latest,
      Consumer<LeftOut> leftOut)
      throws IOException {
    Path real = TreeLayer.requireDirectory(directory);
    TreeLayer layer =
        new TreeLayer(real, excluding(excluded, Selection.ALL), ids, latest, false, leftOut);
    Platform known = platform.or(() -> TreePlatform.of(real)).orElseGet(Platform::host);
    return new BaseImage(
        known,
        ContainerConfig.EMPTY,
        "cooper base from-dir " + directory,
        tar(real, ids, excluded) + DockerfileText.scratch(known) + DockerfileText.add("root.tar"),
        layer::writeTo);
  }

  /** The command that makes the tar; COPY would make all files root's, and two of a hard link. */
  private static String tar(Path directory, IdMapping ids, List<String> excluded) {
    StringBuilder text = new StringBuilder("# ");
    if (ids != IdMapping.KEPT && ids.owner().isEmpty()) {
      text.append("as root of a user namespace that maps the ids: ");
    }
    text.append("tar --numeric-owner --xattrs --xattrs-include='user.*'");
    text.append(" --xattrs-include=security.capability");
    ids.owner()
        .map(owner -> owner.split(":"))
        .ifPresent(
            owner ->
                text.append(" --owner=:").append(owner[0]).append(" --group=:").append(owner[1]));
    if (!excluded.isEmpty()) {
      text.append(" --anchored --no-wildcards-match-slash");
      for (String pattern : excluded) {
        String plain = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        text.append(' ').append(ShellWords.join(List.of("--exclude=./" + plain)));
      }
    }
    return text.append(" -C ")
        .append(ShellWords.join(List.of(directory.toString())))
        .append(" -cf root.tar .\n")
        .toString();
  }

  /** The selection without what patterns name. */
  static Selection excluding(List<String> patterns, Selection selection) {
    if (patterns.isEmpty()) {
      return selection;
    }
    IgnoreFile ignored =
        IgnoreFile.ofPatterns(
            patterns.stream().map(p -> p.startsWith("/") ? p.substring(1) : p).toList());
    return new Selection() {
      @Override
      public Decision decide(String path, FileStatus status) {
        return ignored.ignores(path, status.isDirectory())
                && (!status.isDirectory() || ignored.skipsWholly(path))
            ? Decision.leaveOut(path, "--exclude")
            : selection.decide(path, status);
      }

      @Override
      public byte[] replacement(String path, byte[] content) {
        return selection.replacement(path, content);
      }
    };
  }
}
