package dev.cooper.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest program there is: an ELF file of one segment that ends at once with status 0. It
 * lets a container run in the training, where no program for one may be at hand.
 */
final class TrueProgram {
  private static final int HEADERS = 64 + 56;
  private static final long ADDRESS = 0x400000;

  private TrueProgram() {}

  /**
   * The file's bytes.
   *
   * @param architecture {@code aarch64}; for any other the program is for x86-64
   */
  static byte[] bytes(String architecture) {
    boolean arm = architecture.equals("aarch64");
    // exit(0): its number is 93 on arm64, 60 on x86-64.
    byte[] code =
        arm
            ? new byte[] {
              0,
              0,
              (byte) 0x80,
              (byte) 0xd2,
              (byte) 0xa8,
              0x0b,
              (byte) 0x80,
              (byte) 0xd2,
              1,
              0,
              0,
              (byte) 0xd4
            }
            : new byte[] {0x31, (byte) 0xff, (byte) 0xb8, 60, 0, 0, 0, 0x0f, 5};
    int size = HEADERS + code.length;
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        // The file header (System V ABI, chapter 4): 64 bits, little-endian, an executable.
        .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
        .putShort((short) 2)
        .putShort((short) (arm ? 183 : 62))
        .putInt(1)
        .putLong(ADDRESS + HEADERS)
        .putLong(64)
        .putLong(0)
        .putInt(0)
        .putShort((short) 64)
        .putShort((short) 56)
        .putShort((short) 1)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        // The one segment (chapter 5): all of the file, to be read and executed.
        .putInt(1)
        .putInt(5)
        .putLong(0)
        .putLong(ADDRESS)
        .putLong(ADDRESS)
        .putLong(size)
        .putLong(size)
        .putLong(0x1000)
        .put(code)
        .array();
  }
}
