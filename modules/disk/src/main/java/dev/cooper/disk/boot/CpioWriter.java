package dev.cooper.disk.boot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an archive in the form that the kernel unpacks as its first file system: "newc" of cpio,
 * described in the kernel's Documentation/driver-api/early-userspace/buffer-format.rst.
 */
final class CpioWriter {
  private static final int FILE = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int CHARACTER_DEVICE = 0020000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int inode = 1;

  void directory(String path) {
    entry(path, DIRECTORY | 0755, new byte[0], 0, 0);
  }

  void file(String path, int mode, byte[] bytes) {
    entry(path, FILE | mode, bytes, 0, 0);
  }

  void link(String path, String target) {
    entry(path, LINK | 0777, target.getBytes(StandardCharsets.UTF_8), 0, 0);
  }

  void characterDevice(String path, int mode, int major, int minor) {
    entry(path, CHARACTER_DEVICE | mode, new byte[0], major, minor);
  }

  /** Ends the archive. */
  byte[] finish() {
    inode = 0;
    entry("TRAILER!!!", 0, new byte[0], 0, 0);
    return out.toByteArray();
  }

  private void entry(String path, int mode, byte[] bytes, int major, int minor) {
    byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
    StringBuilder header = new StringBuilder("070701");
    int links = 1;
    int[] fields = {
      inode++, mode, 0, 0, links, 0, bytes.length, 0, 0, major, minor, name.length, 0
    };
    for (int field : fields) {
      header.append("%08x".formatted(field));
    }
    out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(name);
    pad();
    out.writeBytes(bytes);
    pad();
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
