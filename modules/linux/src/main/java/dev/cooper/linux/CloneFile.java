package dev.cooper.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies of a file's bytes that the kernel makes, sharing blocks where the file system can. */
public final class CloneFile {
  private static final Libc.Function IOCTL = new Libc.Function("ioctl");
  private static final Libc.Function COPY_FILE_RANGE = new Libc.Function("copy_file_range");
  private static final long FICLONE = 0x40049409L;
  private static final long CHUNK = 1L << 30;

  private CloneFile() {}

  /**
   * Copies the bytes of {@code source} over those of {@code target}, which must be an existing
   * regular file: as a shared extent where possible, otherwise inside the kernel, otherwise by
   * reading and writing. Attributes are the caller's affair. After a failure {@code target} may
   * hold part of it.
   */
  public static void copy(Path source, Path target) throws IOException {
    try (FileHandle from = FileHandle.open(source, FileHandle.Access.READ);
        FileHandle to = FileHandle.open(target, FileHandle.Access.WRITE);
        Frame frame = Frame.open()) {
      if ((int) frame.raw(IOCTL, to.number(), FICLONE, from.number(), 0, 0, 0, 0) == 0) {
        return;
      }
      boolean copied = false;
      while (true) {
        long moved = frame.raw(COPY_FILE_RANGE, from.number(), 0, to.number(), 0, CHUNK, 0, 0);
        if (moved == 0) {
          return;
        }
        if (moved < 0) {
          int errno = frame.errno();
          if (errno == Errno.EINTR.number()) {
            continue;
          }
          if (copied || errno == Errno.ENOSPC.number() || errno == Errno.EIO.number()) {
            throw new LinuxException("copy_file_range", errno, target.toString());
          }
          break;
        }
        copied = true;
      }
    }
    try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(
                target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      long size = from.size();
      for (long done = 0; done < size; ) {
        long moved = from.transferTo(done, size - done, to);
        if (moved <= 0) {
          return;
        }
        done += moved;
      }
    }
  }
}
