package dev.cooper.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Owners, permission bits and times of files. */
public final class Ownership {
  private static final Libc.Function LCHOWN = new Libc.Function("lchown");
  private static final Libc.Function CHMOD = new Libc.Function("chmod");
  private static final Libc.Function UTIMENSAT = new Libc.Function("utimensat");
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final long UTIME_OMIT = 0x3ffffffe;

  private Ownership() {}

  /**
   * Gives {@code path}, a link itself rather than its target, to these ids. The kernel clears
   * set-id bits and file capabilities of a regular file: set them afterwards.
   */
  public static void change(Path path, int uid, int gid) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(path, LCHOWN, frame.path(path), uid, gid);
    }
  }

  /**
   * Sets the permission bits (0 to 07777) of {@code path}, following a link: links have none of
   * their own, so a caller that may meet one asks {@link FileStatus} first.
   */
  public static void setMode(Path path, int mode) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(path, CHMOD, frame.path(path), mode);
    }
  }

  /**
   * Sets the permission bits of {@code path} and of nothing else: where somebody may put a link in
   * its place between two calls, {@link #setMode} would change what the link leads to.
   *
   * @throws LinuxException ELOOP or EOPNOTSUPP when it is a link by now
   */
  public static void setModeWithoutFollowing(Path path, int mode) throws LinuxException {
    byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
    try (FileHandle file = FileHandle.open(bytes, FileHandle.Access.NAME_ONLY)) {
      if (file.status().isLink()) {
        throw new LinuxException("chmod", Errno.ELOOP, path.toString());
      }
      setMode(file.path(), mode);
    }
  }

  /** Sets when {@code path} (a link itself) was last modified; its access time stays. */
  public static void setModified(Path path, Instant modified) throws LinuxException {
    try (Frame frame = Frame.open()) {
      Frame.Block times = frame.block(32);
      times.buffer().putLong(8, UTIME_OMIT);
      times.buffer().putLong(16, modified.getEpochSecond());
      times.buffer().putLong(24, modified.getNano());
      frame.call(
          path, UTIMENSAT, Libc.AT_FDCWD, frame.path(path), times.address(), AT_SYMLINK_NOFOLLOW);
    }
  }
}
