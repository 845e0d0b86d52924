package dev.cooper.base;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** One item of {@link RootFiles} on disk. */
final class DirectoryWriting {
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private DirectoryWriting() {}

  static void write(RootFiles.Item item, Path root) throws IOException {
    TarEntry entry = item.entry();
    Path path = root.resolve(entry.path());
    requireDirectory(Objects.requireNonNull(path.getParent()), root);
    switch (entry.type()) {
      case DIRECTORY -> {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(path);
        }
        requireDirectory(path, root);
      }
      case SYMLINK -> {
        Files.deleteIfExists(path);
        Files.createSymbolicLink(path, Path.of(entry.linkTarget()));
      }
      case FILE -> {
        Files.deleteIfExists(path);
        try (InputStream in = item.bytes().open()) {
          Files.copy(in, path);
        }
        setMode(path, entry.mode());
        setAttributes(path, entry.xattrs());
        Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
      }
      default -> throw new IllegalArgumentException("not in a base image: " + entry.type());
    }
  }

  static void finish(RootFiles.Item directory, Path root) throws IOException {
    Path path = root.resolve(directory.entry().path());
    setMode(path, directory.entry().mode());
    Files.setLastModifiedTime(path, FileTime.from(directory.entry().modified()));
  }

  private static void setMode(Path path, int mode) throws IOException {
    if (UNIX) {
      Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** File capabilities, which only root may give: for others they are as if they were not. */
  private static void setAttributes(Path path, Map<String, byte[]> attributes) throws IOException {
    for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
      try {
        Xattrs.set(path, attribute.getKey(), attribute.getValue());
      } catch (LinuxException e) {
        if (!e.is(Errno.EPERM) && !e.is(Errno.EOPNOTSUPP)) {
          throw e;
        }
      }
    }
  }

  /** A link in the place of a directory would lead the writing elsewhere. */
  private static void requireDirectory(Path directory, Path root) {
    for (Path at = directory;
        !at.equals(root) && at.startsWith(root);
        at = Objects.requireNonNull(at.getParent())) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new CooperException.Conflict(
            at + " is in the way: it is not a directory", "choose an empty directory");
      }
    }
  }
}
