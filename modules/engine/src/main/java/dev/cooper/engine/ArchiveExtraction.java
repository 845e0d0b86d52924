package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import dev.cooper.linux.Devices;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Ownership;
import dev.cooper.linux.SafePath;
import dev.cooper.linux.Xattrs;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Unpacks a tar into a folder and nowhere else: every path is resolved by the kernel as if the
 * folder were the root, links that the archive itself brings included.
 */
public final class ArchiveExtraction {
  private final Path root;
  private final boolean owners;

  /**
   * @param root the folder
   * @param owners whether files get the owners that the archive names, rather than this process's
   */
  public ArchiveExtraction(Path root, boolean owners) {
    this.root = root;
    this.owners = owners;
  }

  private record Dated(String path, TarEntry entry) {}

  /**
   * Unpacks all entries; directories that the archive implies are made.
   *
   * @param below the path inside the folder to unpack at; empty for the folder itself
   * @throws CooperException.Conflict when a directory would replace something else, or the other
   *     way round; what came before it stays
   */
  public void unpack(InputStream archive, String below) throws IOException {
    List<Dated> directories = new ArrayList<>();
    try (TarReader tar = new TarReader(unclosed(archive))) {
      for (TarEntry entry; (entry = tar.next()) != null; ) {
        String path = entry.path().isEmpty() ? below : join(below, entry.path());
        if (entry.isDirectory()) {
          directory(path, entry);
          directories.add(new Dated(path, entry));
        } else {
          node(path, below, entry, tar);
        }
      }
    }
    // Last: what was unpacked into them changed their times.
    for (Dated dated : directories.reversed()) {
      try (FileHandle handle = SafePath.open(root, dated.path, FileHandle.Access.NAME_ONLY)) {
        Ownership.setModified(handle.path().resolve("."), dated.entry.modified());
      }
    }
  }

  /** The archive stays the caller's: there may be more behind its end. */
  private static InputStream unclosed(InputStream archive) {
    return new FilterInputStream(archive) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  private static String join(String below, String path) {
    return below.isEmpty() ? path : below + "/" + path;
  }

  private void directory(String path, TarEntry entry) throws IOException {
    if (path.isEmpty()) {
      return;
    }
    try (FileHandle parent = parent(path)) {
      Path target = parent.path().resolve(name(path));
      FileStatus there = status(target);
      if (there == null) {
        Files.createDirectory(target);
      } else if (!there.isDirectory() && !(there.isLink() && leadsToDirectory(path))) {
        throw new CooperException.Conflict(
            "cannot overwrite non-directory \"/" + path + "\" with directory");
      }
      if (there == null || there.isDirectory()) {
        finish(target, entry);
      }
    }
  }

  private boolean leadsToDirectory(String path) throws IOException {
    try (FileHandle handle = SafePath.open(root, path, FileHandle.Access.NAME_ONLY)) {
      return handle.status().isDirectory();
    } catch (LinuxException e) {
      return false;
    }
  }

  private void node(String path, String below, TarEntry entry, TarReader tar) throws IOException {
    try (FileHandle parent = parent(path)) {
      Path target = parent.path().resolve(name(path));
      FileStatus there = status(target);
      if (there != null && there.isDirectory()) {
        throw new CooperException.Conflict(
            "cannot overwrite directory \"/" + path + "\" with non-directory");
      }
      Files.deleteIfExists(target);
      switch (entry.type()) {
        case FILE -> {
          try (OutputStream out =
              Files.newOutputStream(
                  target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            tar.content().transferTo(out);
          }
        }
        case SYMLINK -> Files.createSymbolicLink(target, Path.of(entry.linkTarget()));
        case HARD_LINK -> {
          String linked = join(below, entry.linkTarget());
          try (FileHandle folder = parent(linked)) {
            Files.createLink(target, folder.path().resolve(name(linked)));
          }
          return;
        }
        case FIFO -> Devices.makeFifo(target, entry.mode());
        case CHARACTER_DEVICE ->
            Devices.makeCharacterDevice(
                target, entry.mode(), entry.deviceMajor(), entry.deviceMinor());
        case BLOCK_DEVICE ->
            Devices.makeBlockDevice(target, entry.mode(), entry.deviceMajor(), entry.deviceMinor());
        case DIRECTORY -> throw new IllegalStateException(path);
      }
      finish(target, entry);
    }
  }

  private void finish(Path target, TarEntry entry) throws IOException {
    if (owners) {
      Ownership.change(target, (int) entry.uid(), (int) entry.gid());
    }
    if (entry.type() != EntryType.SYMLINK) {
      Ownership.setModeWithoutFollowing(target, entry.mode());
      for (Map.Entry<String, byte[]> xattr : entry.xattrs().entrySet()) {
        if (owners || xattr.getKey().startsWith("user.")) {
          Xattrs.set(target, xattr.getKey(), xattr.getValue());
        }
      }
    }
    if (entry.type() != EntryType.DIRECTORY) {
      Ownership.setModified(target, entry.modified());
    }
  }

  /** The directory that something is in, made if it is not there. */
  private FileHandle parent(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    try {
      return SafePath.open(root, parent, FileHandle.Access.NAME_ONLY);
    } catch (LinuxException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
    try (FileHandle above = parent(parent)) {
      Path target = above.path().resolve(name(parent));
      Files.createDirectory(target);
      Ownership.setModeWithoutFollowing(target, 0755);
    }
    return SafePath.open(root, parent, FileHandle.Access.NAME_ONLY);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static @org.jspecify.annotations.Nullable FileStatus status(Path path)
      throws IOException {
    try {
      return FileStatus.of(path);
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT)) {
        return null;
      }
      throw e;
    }
  }
}
