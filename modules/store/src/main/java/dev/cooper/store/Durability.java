package dev.cooper.store;

import dev.cooper.linux.FileHandle;
import dev.cooper.linux.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What survives a machine that stops, without waiting for the disk at every file.
 *
 * <p>A process that is killed loses nothing it wrote: the kernel has the pages. Only when the
 * machine itself stops may a file that was renamed into place turn out short or full of zeros.
 * Waiting for the disk (fsync) for each of the 15,000 files of an unpacked layer would cost more
 * than unpacking it. So content is trusted by two rules instead:
 *
 * <ul>
 *   <li>What this boot of the machine wrote is as the kernel shows it.
 *   <li>What an earlier boot wrote is trusted only when it is <em>sealed</em>: it was flushed to
 *       the disk, and after that its owner's write permission was taken away. A file system cannot
 *       show the second without the first.
 * </ul>
 *
 * <p>The first command after a boot looks through what is not sealed: blobs are read again and
 * sealed or removed, everything that can be made again is removed. A blob is sealed before a name
 * points to it, so a name that was given never loses its image; layers and tables of contents,
 * which are caches, are sealed when the garbage collector comes by, long after the kernel has
 * written them.
 */
final class Durability {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Durability() {}

  /**
   * A word that changes with every boot of the machine. Where there is none to be had, always a new
   * one, so that nothing unsealed is ever trusted by a later command.
   */
  static String bootId() throws IOException {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (NoSuchFileException e) {
      return "process " + ProcessHandle.current().pid() + " " + System.nanoTime();
    }
  }

  /** Whether the file or directory was sealed. False when it is not there. */
  static boolean isSealed(Path path) throws IOException {
    if (!POSIX) {
      return false;
    }
    try {
      return !Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OWNER_WRITE);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Flushes one file and seals it. */
  static void flushAndSeal(Path file) throws IOException {
    flush(file);
    markSealed(file);
  }

  /** Seals what is known to be on the disk already. */
  static void markSealed(Path path) throws IOException {
    if (POSIX) {
      Set<PosixFilePermission> permissions =
          new HashSet<>(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      permissions.remove(PosixFilePermission.OWNER_WRITE);
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /** Takes the seal away, so that a directory can be moved and emptied by its owner. */
  static void unseal(Path path) throws IOException {
    if (POSIX) {
      Set<PosixFilePermission> permissions =
          new HashSet<>(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      if (permissions.add(PosixFilePermission.OWNER_WRITE)) {
        Files.setPosixFilePermissions(path, permissions);
      }
    }
  }

  /**
   * Waits until everything written so far to the file system that {@code path} is on is on the
   * disk.
   *
   * @return whether that could be done here
   */
  static boolean flushFileSystem(Path path) throws IOException {
    if (!Linux.available()) {
      return false;
    }
    try (FileHandle handle = FileHandle.open(path, FileHandle.Access.READ)) {
      handle.flushFileSystem();
      return true;
    }
  }

  /** Waits until the file's content, or the directory's entries, are on the disk. */
  static void flush(Path path) throws IOException {
    if (!POSIX && Files.isDirectory(path)) {
      return; // Windows has no such call, and needs none.
    }
    StandardOpenOption mode = POSIX ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  /**
   * Replaces a small file so that, whatever happens, either the old or the new content is found
   * under its name, and the new once this returns.
   */
  static void replace(Path target, byte[] content, Path temporary) throws IOException {
    write(target, content, temporary, true);
    flush(Objects.requireNonNull(target.getParent()));
  }

  /** As {@link #replace}, for a cache: whole for this boot, not waited for, and not sealed. */
  static void replaceCache(Path target, byte[] content, Path temporary) throws IOException {
    write(target, content, temporary, false);
  }

  private static void write(Path target, byte[] content, Path temporary, boolean flush)
      throws IOException {
    Path file = TemporaryNames.in(temporary);
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (flush) {
          channel.force(true);
        }
      }
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
