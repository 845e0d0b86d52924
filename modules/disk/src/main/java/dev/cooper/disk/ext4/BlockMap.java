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
   * How many blocks beyond the inode the map of a file with so many blocks takes at most; holes
   * make up for what they cost.
   */
  long mostBlocks(long dataBlocks);

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
