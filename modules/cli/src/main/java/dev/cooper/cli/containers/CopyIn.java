package dev.cooper.cli.containers;

import dev.cooper.engine.ContainerPath;
import dev.cooper.engine.Containers;
import dev.cooper.engine.FolderArchive;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** From this machine into a container, by Docker's rules of what goes where. */
final class CopyIn {
  private final Containers containers;
  private final String id;
  private final boolean followLink;
  private final boolean owners;

  CopyIn(Containers containers, String id, boolean followLink, boolean owners) {
    this.containers = containers;
    this.id = id;
    this.followLink = followLink;
    this.owners = owners;
  }

  void fromDisk(String source, String destination) throws IOException {
    Path from = Path.of(source).toAbsolutePath();
    if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      throw new CooperException.NotFound("lstat " + from + ": no such file or directory");
    }
    boolean contents = CopyOut.contentsOnly(source);
    Path given = from;
    if (followLink || contents || source.endsWith("/")) {
      from = from.toRealPath();
    }
    boolean directory = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
    if (source.endsWith("/") && !directory) {
      throw new CooperException.InvalidInput("lstat " + source + ": not a directory");
    }
    String name = String.valueOf(given.normalize().getFileName());
    Optional<ContainerPath> there = follow(destination);
    boolean slash = destination.endsWith("/") || CopyOut.contentsOnly(destination);
    String folder;
    if (there.isPresent() && there.get().directory()) {
      folder = there.get().path();
      name = contents ? "" : name;
    } else if (there.isPresent()) {
      if (directory) {
        throw new CooperException.Conflict("cannot copy directory");
      }
      if (slash) {
        throw new CooperException.InvalidInput("not a directory");
      }
      folder = parent(there.get().path());
      name = last(there.get().path());
    } else if (directory) {
      folder = parent(destination);
      name = last(destination);
    } else if (slash) {
      throw new CooperException.NotFound("no such directory");
    } else {
      folder = parent(destination);
      name = last(destination);
    }
    Path what = from;
    String as = name;
    Pipes.connect(
        out -> {
          TarWriter tar = new TarWriter(out);
          new FolderArchive(tar).add(what, as);
          tar.finish();
        },
        in -> containers.write(id, folder, in, owners));
  }

  private Optional<ContainerPath> follow(String path) throws IOException {
    Optional<ContainerPath> found = containers.look(id, path);
    for (int links = 0; found.isPresent() && found.get().link() && links < 40; links++) {
      String target = found.get().linkTarget();
      Optional<ContainerPath> next = containers.look(id, target);
      if (next.isEmpty()) {
        return Optional.of(new ContainerPath(target, last(target), false, false, ""));
      }
      found = next;
    }
    return found;
  }

  private static String parent(String path) {
    Path parent = Path.of("/").resolve(path).normalize().getParent();
    return parent == null ? "/" : parent.toString();
  }

  private static String last(String path) {
    return String.valueOf(Path.of("/").resolve(path).normalize().getFileName());
  }
}
