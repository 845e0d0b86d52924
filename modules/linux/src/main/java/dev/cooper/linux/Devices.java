package dev.cooper.linux;

import java.nio.file.Path;

/** Special files: devices and named pipes. */
public final class Devices {
  private static final Libc.Function MKNOD = new Libc.Function("mknod");
  private static final int FIFO = 0010000;
  private static final int CHARACTER = 0020000;
  private static final int BLOCK = 0060000;

  private Devices() {}

  /** Makes a character device; {@code mode} holds the permission bits, before the umask. */
  public static void makeCharacterDevice(Path path, int mode, int major, int minor)
      throws LinuxException {
    make(path, CHARACTER | mode, number(major, minor));
  }

  /** Makes a block device; {@code mode} holds the permission bits, before the umask. */
  public static void makeBlockDevice(Path path, int mode, int major, int minor)
      throws LinuxException {
    make(path, BLOCK | mode, number(major, minor));
  }

  /** Makes a named pipe; {@code mode} holds the permission bits, before the umask. */
  public static void makeFifo(Path path, int mode) throws LinuxException {
    make(path, FIFO | mode, 0);
  }

  private static void make(Path path, int mode, long device) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(path, MKNOD, frame.path(path), mode, device);
    }
  }

  /** The C library's dev_t (gnu_dev_makedev). */
  static long number(int major, int minor) {
    return (major & 0xfffff000L) << 32
        | (major & 0xfffL) << 8
        | (minor & 0xffffff00L) << 12
        | (minor & 0xffL);
  }
}
