package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;

/**
 * The journal that every file system here has: an empty one, so that only its superblock (JBD2,
 * version 2, big-endian) is not zero.
 */
final class Journal {
  private static final int MAGIC = 0xc03b3998;
  private static final int SUPERBLOCK_VERSION_2 = 4;

  private Journal() {}

  /** How many blocks a file system of so many blocks has for it: 4 to 256 MiB. */
  static long blocksFor(long fileSystemBlocks) {
    if (fileSystemBlocks < 32_768) {
      return 1024;
    }
    if (fileSystemBlocks < 262_144) {
      return 4096;
    }
    if (fileSystemBlocks < 524_288) {
      return 8192;
    }
    if (fileSystemBlocks < 4_194_304) {
      return 16_384;
    }
    return fileSystemBlocks < 8_388_608 ? 32_768 : 65_536;
  }

  /** The first block of a clean journal. */
  static ByteBuffer superblock(long blocks) {
    ByteBuffer out = ByteBuffer.allocate(Geometry.BLOCK);
    out.putInt(0, MAGIC).putInt(4, SUPERBLOCK_VERSION_2);
    out.putInt(12, Geometry.BLOCK).putInt(16, (int) blocks);
    int firstOfLog = 1;
    int firstSequence = 1;
    int users = 1;
    out.putInt(20, firstOfLog).putInt(24, firstSequence).putInt(64, users);
    return out;
  }
}
