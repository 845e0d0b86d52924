package dev.cooper.disk.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;

/** How an inode says where its file's blocks are. */
interface BlockMap {
  /** Puts a block of the map on the disk. */
  @FunctionalInterface
  interface NodeWriter {
    /** Writes one block and returns its number. */
    long place(ByteBuffer block) throws IOException;
  }

  /**
   * How many blocks beyond the inode the map of a file takes at most. Holes that are found while it
   * is written make up for what they cost.
   *
   * @param dataBlocks that are not in holes known before
   * @param pieces how many pieces those holes leave; at least 1
   */
  long mostBlocks(long dataBlocks, long pieces);

  /** Writes what does not fit the inode, and returns the 60 bytes that go there. */
  byte[] write(FileBlocks file, int inode, NodeWriter nodes) throws IOException;

  /** What an inode with such a map has among its flags. */
  int inodeFlags();

  static BlockMap of(Generation generation, Checksums checksums) {
    return switch (generation) {
      case EXT4 -> new ExtentTree(checksums);
      case EXT3 -> new IndirectBlocks();
    };
  }
}
