package dev.cooper.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is in a directory, with the status of each entry: a whole tree of small files at some two
 * microseconds a file. Paths and names are the kernel's bytes.
 */
public final class DirectoryListing {
  private static final Libc.Function OPEN = new Libc.Function("open");
  private static final Libc.Function GETDENTS64 = new Libc.Function("getdents64");
  private static final Libc.Function STATX = new Libc.Function("statx");
  private static final int O_CLOEXEC = 02000000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int BUFFER = 64 * 1024;
  private static final int NAME_OFFSET = 19;

  /** Buffers between two uses; never more than there were readers at once. */
  private static final ConcurrentLinkedQueue<NativeBuffer> IDLE = new ConcurrentLinkedQueue<>();

  private DirectoryListing() {}

  /**
   * One entry.
   *
   * @param name without the directory's path
   * @param status of a link itself, not of what it leads to
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Entry(byte[] name, FileStatus status) {}

  /**
   * The entries of the directory that {@code path} leads to, in no order, without {@code .} and
   * {@code ..}. An entry that goes away meanwhile is left out.
   *
   * @throws LinuxException ENOTDIR if it is no directory
   */
  public static List<Entry> read(byte[] path) throws LinuxException {
    List<Entry> entries = new ArrayList<>();
    String subject = new String(path, java.nio.charset.StandardCharsets.UTF_8);
    NativeBuffer idle = IDLE.poll();
    NativeBuffer names = idle == null ? NativeBuffer.ofSize(BUFFER) : idle;
    try (Frame frame = Frame.open()) {
      int directory = frame.call(subject, OPEN, frame.bytes(path), O_CLOEXEC | Libc.O_DIRECTORY, 0);
      try {
        Frame.Block status = frame.block(FileStatus.SIZE);
        ByteBuffer buffer = names.bytes();
        while (true) {
          int length =
              (int) frame.longCall(subject, GETDENTS64, directory, names.address(), BUFFER);
          if (length == 0) {
            return entries;
          }
          for (int at = 0; at < length; at += Short.toUnsignedInt(buffer.getShort(at + 16))) {
            byte[] name = name(buffer, at + NAME_OFFSET);
            if (name.length > 0) {
              add(frame, directory, names.address() + at + NAME_OFFSET, name, status, entries);
            }
          }
        }
      } finally {
        FileHandle.close(directory);
      }
    } finally {
      IDLE.add(names);
    }
  }

  private static void add(
      Frame frame,
      int directory,
      long nameAddress,
      byte[] name,
      Frame.Block status,
      List<Entry> entries)
      throws LinuxException {
    long result =
        frame.raw(
            STATX,
            directory,
            nameAddress,
            AT_SYMLINK_NOFOLLOW,
            FileStatus.STATX_BASIC_STATS,
            status.address(),
            0,
            0);
    if ((int) result == 0) {
      entries.add(new Entry(name, FileStatus.decode(status.buffer())));
    } else if (frame.errno() != Errno.ENOENT.number()) {
      throw new LinuxException(
          "statx", frame.errno(), new String(name, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** The name that begins here; empty for the directory itself and its parent. */
  private static byte[] name(ByteBuffer buffer, int start) {
    int end = start;
    while (buffer.get(end) != 0) {
      end++;
    }
    int length = end - start;
    boolean dots =
        buffer.get(start) == '.' && (length == 1 || (length == 2 && buffer.get(start + 1) == '.'));
    byte[] name = new byte[dots ? 0 : length];
    buffer.get(start, name);
    return name;
  }
}
