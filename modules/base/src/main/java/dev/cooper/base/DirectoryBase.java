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
   * @param platform what the programs in it run on
   * @param latest no file gets a later time
   * @param leftOut told of what is not in the image, while it is written
   * @throws dev.cooper.image.CooperException.NotFound when there is no such directory
   */
  public static BaseImage of(
      Path directory,
      IdMapping ids,
      List<String> excluded,
      Platform platform,
      Instant latest,
      Consumer<LeftOut> leftOut)
      throws IOException {
    Path real = TreeLayer.requireDirectory(directory);
    TreeLayer layer =
        new TreeLayer(real, excluding(excluded, Selection.ALL), ids, latest, false, leftOut);
    return new BaseImage(
        platform,
        ContainerConfig.EMPTY,
        "cooper base from-dir " + directory,
        dockerfile(directory, ids, excluded),
        layer::writeTo);
  }

  /** COPY makes all files root's, so that only a tar brings the ids that they have. */
  private static String dockerfile(Path directory, IdMapping ids, List<String> excluded) {
    StringBuilder text = new StringBuilder();
    Optional<String> owner = ids.owner();
    if (owner.isPresent()) {
      if (!excluded.isEmpty()) {
        text.append("# with this .dockerignore: ").append(String.join(" ", excluded)).append('\n');
      }
      text.append("# in ").append(directory).append('\n');
      return text.append("FROM scratch\nCOPY --chown=" + owner.get() + " . /\n").toString();
    }
    text.append("# ");
    if (ids != IdMapping.KEPT) {
      text.append("after chown to the mapped ids: ");
    }
    text.append("tar --numeric-owner -C ")
        .append(ShellWords.join(List.of(directory.toString())))
        .append(excluded.isEmpty() ? "" : " --exclude …")
        .append(" -cf root.tar .\nFROM scratch\nADD root.tar /\n");
    return text.toString();
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
