package dev.cooper.cli.containers;

import dev.cooper.engine.ArchiveExtraction;
import dev.cooper.engine.ContainerPath;
import dev.cooper.engine.Containers;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From a container to this machine, by Docker's rules of what goes where. */
final class CopyOut {
  private final Containers containers;
  private final String id;
  private final boolean followLink;
  private final boolean owners;

  CopyOut(Containers containers, String id, boolean followLink, boolean owners) {
    this.containers = containers;
    this.id = id;
    this.followLink = followLink;
    this.owners = owners;
  }

  /** As a tar, whose first entry is the thing itself. */
  void toStream(String source, OutputStream out) throws IOException {
    ContainerPath from = look(source);
    containers.read(id, from.path(), contentsOnly(source) ? "" : from.name(), out);
  }

  void toDisk(String source, String destination) throws IOException {
    ContainerPath from = look(source);
    Path target = Path.of(destination).toAbsolutePath();
    boolean slash = destination.endsWith("/") || destination.endsWith("/.");
    boolean there = Files.exists(target);
    boolean directory = there && Files.isDirectory(target);
    String name = from.name();
    Path folder;
    if (from.directory()) {
      if (there && !directory) {
        throw new CooperException.Conflict("cannot copy directory");
      }
      if (!there) {
        folder = parent(target);
        name = String.valueOf(target.normalize().getFileName());
      } else {
        folder = target;
        name = contentsOnly(source) ? "" : name;
      }
    } else if (directory) {
      folder = target;
    } else if (slash) {
      throw new CooperException.NotFound(
          there ? "not a directory" : "no such directory: " + destination);
    } else {
      folder = parent(target);
      name = String.valueOf(target.getFileName());
    }
    String as = name;
    Pipes.connect(
        out -> containers.read(id, from.path(), as, out),
        in -> new ArchiveExtraction(folder.toRealPath(), owners).unpack(in, ""));
  }

  private static Path parent(Path target) {
    Path parent = target.normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new CooperException.NotFound(
          "invalid output path: directory \"" + parent + "\" does not exist");
    }
    return parent;
  }

  /** {@code SRC/.} means what is in it. */
  static boolean contentsOnly(String path) {
    return path.endsWith("/.") || path.equals(".");
  }

  private ContainerPath look(String path) throws IOException {
    ContainerPath found = require(path);
    for (int links = 0; followLink && found.link() && links < 40; links++) {
      ContainerPath next = require(found.linkTarget());
      found =
          new ContainerPath(
              next.path(), found.name(), next.directory(), next.link(), next.linkTarget());
    }
    // A link with a slash or a dot after it means what it leads to, as everywhere.
    if (found.link() && (path.endsWith("/") || contentsOnly(path))) {
      ContainerPath next = require(found.linkTarget());
      found =
          new ContainerPath(
              next.path(), found.name(), next.directory(), next.link(), next.linkTarget());
    }
    return found;
  }

  private ContainerPath require(String path) throws IOException {
    Optional<ContainerPath> found = containers.look(id, path);
    if (found.isEmpty()) {
      throw new CooperException.NotFound(
          "Could not find the file "
              + path
              + " in container "
              + containers.require(id).container().name());
    }
    return found.get();
  }
}
