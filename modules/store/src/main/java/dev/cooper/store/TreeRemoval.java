package dev.cooper.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree of files that others may have filled with anything: links are removed and never
 * followed, even when they appear while the removal is under way; directories without permissions
 * are opened up first; and another file system mounted inside is left alone with everything in it.
 */
public final class TreeRemoval {
  private static final Set<PosixFilePermission> USABLE =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private TreeRemoval() {}

  /**
   * Removes {@code path} and what is below it; does nothing when it is not there.
   *
   * @throws IOException when something could not be removed, at the end of having removed all that
   *     could be
   */
  public static void remove(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!attributes.isDirectory()) {
      Files.deleteIfExists(path);
      return;
    }
    Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent());
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        Failures failures = new Failures();
        removeDirectory(
            secure, Objects.requireNonNull(path.getFileName()), device(attributes), failures);
        failures.rethrow(path);
        return;
      }
    }
    // Not a system with openat (Windows): nothing there is unpacked from an image.
    removePlainly(path);
  }

  private static void removePlainly(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          removePlainly(entry);
        } else {
          Files.delete(entry);
        }
      }
    }
    Files.delete(directory);
  }

  private static void removeDirectory(
      SecureDirectoryStream<Path> parent, Path name, @Nullable String device, Failures failures) {
    try {
      try (SecureDirectoryStream<Path> directory = open(parent, name)) {
        for (Path entry : directory) {
          Path child = Objects.requireNonNull(entry.getFileName());
          BasicFileAttributes attributes =
              directory
                  .getFileAttributeView(
                      child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                  .readAttributes();
          if (!attributes.isDirectory()) {
            directory.deleteFile(child);
          } else if (Objects.equals(device, device(attributes))) {
            removeDirectory(directory, child, device, failures);
          }
        }
      }
      parent.deleteDirectory(name);
    } catch (NoSuchFileException e) {
      // Somebody else removed it at the same time, which is what was wanted.
    } catch (IOException e) {
      failures.add(e);
    }
  }

  private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    try {
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      parent
          .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(USABLE);
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The device of a file, as the JDK tells it on Unix: {@code (dev=…,ino=…)}. */
  private static @Nullable String device(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    if (key == null) {
      return null;
    }
    String text = key.toString();
    return text.substring(0, Math.max(0, text.indexOf(',')));
  }

  /** Goes on after a failure and reports the first, which is the one nearest to the cause. */
  private static final class Failures {
    private @Nullable IOException first;

    void add(IOException failure) {
      if (first == null) {
        first = failure;
      } else if (!(failure instanceof DirectoryNotEmptyException)) {
        first.addSuppressed(failure);
      }
    }

    void rethrow(Path path) throws IOException {
      if (first instanceof DirectoryNotEmptyException) {
        throw new FileSystemException(
            path.toString(), null, "something is still mounted inside, or it is being written to");
      }
      if (first != null) {
        throw first;
      }
    }
  }
}
