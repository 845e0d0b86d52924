package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.SafePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files into and out of containers, as tar streams. */
final class Transfer {
  private final ContainerRecords records;
  private final Starting starting;

  Transfer(ContainerRecords records, Starting starting) {
    this.records = records;
    this.starting = starting;
  }

  /** What is at a path, a link at its end not followed; empty when nothing is. */
  Optional<ContainerPath> look(Container container, String path) throws IOException {
    try (RootAccess access = RootAccess.open(container, records, starting, true)) {
      RootAccess.Place place = access.place(path);
      Path normal = Path.of("/").resolve(path).normalize();
      if (place.inside().isEmpty()) {
        Path last = normal.getFileName();
        return Optional.of(
            new ContainerPath(path, last == null ? "/" : last.toString(), true, false, ""));
      }
      try (FileHandle parent = parent(place)) {
        String name = name(place.inside());
        Path file = parent.path().resolve(name);
        FileStatus status = FileStatus.of(file);
        String target = "";
        if (status.isLink()) {
          Path base = normal.getParent() == null ? Path.of("/") : normal.getParent();
          target = base.resolve(Files.readSymbolicLink(file)).normalize().toString();
        }
        return Optional.of(
            new ContainerPath(path, name, status.isDirectory(), status.isLink(), target));
      } catch (LinuxException e) {
        if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
          return Optional.empty();
        }
        throw e;
      }
    }
  }

  private static FileHandle parent(RootAccess.Place place) throws LinuxException {
    int slash = place.inside().lastIndexOf('/');
    return SafePath.open(
        place.root(),
        slash < 0 ? "" : place.inside().substring(0, slash),
        FileHandle.Access.NAME_ONLY);
  }

  private static String name(String inside) {
    return inside.substring(inside.lastIndexOf('/') + 1);
  }

  /**
   * Writes what is at a path as a tar.
   *
   * @param as the name it has in the archive; empty for a directory's contents alone
   */
  void read(Container container, String path, String as, OutputStream out) throws IOException {
    try (RootAccess access = RootAccess.open(container, records, starting, true)) {
      RootAccess.Place place = access.place(path);
      TarWriter tar = new TarWriter(out);
      if (place.inside().isEmpty()) {
        try (FileHandle root = FileHandle.open(place.root(), FileHandle.Access.NAME_ONLY)) {
          new FolderArchive(tar).add(root.path().resolve("."), as);
        }
      } else {
        try (FileHandle parent = parent(place)) {
          new FolderArchive(tar).add(parent.path().resolve(name(place.inside())), as);
        }
      }
      tar.finish();
    }
  }

  /**
   * Unpacks a tar at a path.
   *
   * @param owners whether files get the owners that the archive names, rather than root
   */
  void write(Container container, String path, InputStream archive, boolean owners)
      throws IOException {
    if (container.security().readOnly()) {
      throw new CooperException.Conflict("container rootfs is marked read-only");
    }
    try (RootAccess access = RootAccess.open(container, records, starting, true)) {
      RootAccess.Place place = access.place(path);
      try (FileHandle handle =
          SafePath.open(place.root(), place.inside(), FileHandle.Access.NAME_ONLY)) {
        if (!handle.status().isDirectory()) {
          throw new CooperException.InvalidInput("extraction point is not a directory");
        }
      } catch (LinuxException e) {
        if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
          throw new CooperException.NotFound(
              "Could not find the file " + path + " in container " + container.name(), null, e);
        }
        throw e;
      }
      new ArchiveExtraction(place.root(), owners).unpack(archive, place.inside());
    }
  }

  /** Writes the merged view as a tar, without what is mounted in it. */
  void export(Container container, OutputStream out) throws IOException {
    try (RootAccess access = RootAccess.open(container, records, starting, false)) {
      TarWriter tar = new TarWriter(out);
      new FolderArchive(tar).add(access.root(), "");
      tar.finish();
    }
  }
}
