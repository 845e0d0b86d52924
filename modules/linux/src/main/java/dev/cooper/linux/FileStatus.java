package dev.cooper.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the kernel says of one file (statx(2)), of a link itself rather than of what it leads to.
 *
 * @param mode type and permission bits, as st_mode
 * @param uid the owner
 * @param gid the owning group
 * @param size in bytes; for a link the length of its target
 * @param deviceMajor of a device file, the device it stands for; otherwise 0
 * @param deviceMinor likewise
 * @param modified to the nanosecond
 * @param changed when the file's own record last changed, to the nanosecond
 * @param inode the file's number on its file system
 * @param device the file system it is on: major and minor in one number, comparable only
 * @param links the number of names the file has
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    long size,
    int deviceMajor,
    int deviceMinor,
    Instant modified,
    Instant changed,
    long inode,
    long device,
    long links) {
  private static final Libc.Function STATX = new Libc.Function("statx");
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  static final int STATX_BASIC_STATS = 0x7ff;
  static final int SIZE = 256;

  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int CHARACTER = 0020000;
  private static final int DIRECTORY = 0040000;
  private static final int BLOCK = 0060000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int SOCKET = 0140000;

  /**
   * The status of {@code path}.
   *
   * @throws LinuxException ENOENT if there is nothing
   */
  public static FileStatus of(Path path) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return read(frame, path, Libc.AT_FDCWD, frame.path(path), AT_SYMLINK_NOFOLLOW);
    }
  }

  /** As {@link #of(Path)}, by the path's bytes. */
  public static FileStatus of(byte[] path) throws LinuxException {
    try (Frame frame = Frame.open()) {
      String subject = new String(path, java.nio.charset.StandardCharsets.UTF_8);
      return read(frame, subject, Libc.AT_FDCWD, frame.bytes(path), AT_SYMLINK_NOFOLLOW);
    }
  }

  /** The status of what {@code path} leads to when links are followed. */
  public static FileStatus following(Path path) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return read(frame, path, Libc.AT_FDCWD, frame.path(path), 0);
    }
  }

  static FileStatus ofDescriptor(int descriptor, Object subject) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return read(frame, subject, descriptor, frame.string(""), AT_EMPTY_PATH);
    }
  }

  static FileStatus read(Frame frame, Object subject, int directory, long path, int flags)
      throws LinuxException {
    Frame.Block block = frame.block(SIZE);
    frame.call(subject, STATX, directory, path, flags, STATX_BASIC_STATS, block.address());
    return decode(block.buffer());
  }

  /** The fields of a struct statx. */
  static FileStatus decode(ByteBuffer stat) {
    return new FileStatus(
        Short.toUnsignedInt(stat.getShort(28)),
        stat.getInt(20),
        stat.getInt(24),
        stat.getLong(40),
        stat.getInt(128),
        stat.getInt(132),
        Instant.ofEpochSecond(stat.getLong(112), stat.getInt(120)),
        Instant.ofEpochSecond(stat.getLong(96), stat.getInt(104)),
        stat.getLong(32),
        Integer.toUnsignedLong(stat.getInt(136)) << 32 | Integer.toUnsignedLong(stat.getInt(140)),
        Integer.toUnsignedLong(stat.getInt(16)));
  }

  /** The permission bits with set-user-id, set-group-id and sticky: 0 to 07777. */
  public int permissions() {
    return mode & 07777;
  }

  public boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  public boolean isCharacterDevice() {
    return (mode & TYPE) == CHARACTER;
  }

  public boolean isBlockDevice() {
    return (mode & TYPE) == BLOCK;
  }

  public boolean isFifo() {
    return (mode & TYPE) == FIFO;
  }

  public boolean isSocket() {
    return (mode & TYPE) == SOCKET;
  }
}
