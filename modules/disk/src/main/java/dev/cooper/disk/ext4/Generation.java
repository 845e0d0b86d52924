package dev.cooper.disk.ext4;

/** Which file system is written. Both have a journal, indexed directories and 256-byte inodes. */
public enum Generation {
  /** Extents, checksums over all metadata, 64-bit block numbers, flexible groups. */
  EXT4(64),

  /**
   * Block maps, no checksums, 32-bit block numbers: for kernels and boot loaders from before 2008.
   */
  EXT3(32);

  final int descriptorSize;

  Generation(int descriptorSize) {
    this.descriptorSize = descriptorSize;
  }

  /** The name that mount and users know it by. */
  public String title() {
    return this == EXT4 ? "ext4" : "ext3";
  }

  /** Whether metadata carries crc32c checksums, and unused tables may stay unwritten. */
  boolean checksums() {
    return this == EXT4;
  }

  /** The largest number of blocks that block numbers and group descriptors allow for here. */
  long maximumBlocks() {
    return this == EXT4 ? 1L << 32 : 1L << 31;
  }

  /** How many links an inode counts at most. */
  int maximumLinks() {
    return this == EXT4 ? 65_000 : 32_000;
  }

  /** The largest file in blocks, by the width of the fields that count and map them. */
  long maximumFileBlocks() {
    return this == EXT4 ? (1L << 32) - 1 : (1L << 32) / 8 - 1;
  }
}
