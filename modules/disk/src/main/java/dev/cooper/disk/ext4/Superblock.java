package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The 1,024 bytes that describe the file system; copies differ only in the group they are in. */
final class Superblock {
  static final int SIZE = 1024;

  private static final int HAS_JOURNAL = 0x4;
  private static final int EXT_ATTR = 0x8;
  private static final int DIR_INDEX = 0x20;
  private static final int FILETYPE = 0x2;
  private static final int EXTENTS = 0x40;
  private static final int SIXTY_FOUR_BIT = 0x80;
  private static final int FLEX_BG = 0x200;
  private static final int EA_INODE = 0x400;
  private static final int SPARSE_SUPER = 0x1;
  private static final int LARGE_FILE = 0x2;
  private static final int HUGE_FILE = 0x8;
  private static final int DIR_NLINK = 0x20;
  private static final int EXTRA_ISIZE = 0x40;
  private static final int METADATA_CSUM = 0x400;

  private static final short MAGIC = (short) 0xef53;
  private static final int LOG_BLOCK_SIZE = 2;
  private static final short CLEAN = 1;
  private static final short CONTINUE_ON_ERRORS = 1;
  private static final short NEVER_BY_MOUNTS = -1;
  private static final int USER_XATTR_AND_ACL = 0xc;
  private static final short EXTRA_INODE_SIZE = 32;
  private static final int UNSIGNED_HASH = 0x2;
  private static final byte JOURNAL_INODE_COPY = 1;
  private static final byte CRC32C = 1;

  private final Geometry geometry;
  private final Ext4Options options;

  Superblock(Geometry geometry, Ext4Options options) {
    this.geometry = geometry;
    this.options = options;
  }

  /**
   * The superblock as a group has it.
   *
   * @param journal the inode of the journal, a copy of which is kept here
   * @param attributeInodes whether values of attributes lie in inodes of their own
   */
  ByteBuffer bytes(
      int group, long freeBlocks, long freeInodes, Inode journal, boolean attributeInodes) {
    ByteBuffer out = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    putSizes(out, freeBlocks, freeInodes);
    int created = (int) options.created();
    out.putInt(0x30, created).putInt(0x40, created).putInt(0x108, created);
    out.putShort(0x36, NEVER_BY_MOUNTS).putShort(0x38, MAGIC);
    out.putShort(0x3a, CLEAN).putShort(0x3c, CONTINUE_ON_ERRORS);
    out.putInt(0x4c, 1).putInt(0x54, Geometry.FIRST_INODE);
    out.putShort(0x58, (short) Geometry.INODE).putShort(0x5a, (short) group);
    putFeatures(out, attributeInodes);
    out.put(0x68, Checksums.bytes(options.uuid()));
    out.put(0x78, options.label().getBytes(StandardCharsets.UTF_8));
    out.putInt(0xe0, Geometry.JOURNAL_INODE);
    out.put(0xec, Checksums.bytes(options.hashSeed()));
    out.put(0xfc, NameHash.VERSION).put(0xfd, JOURNAL_INODE_COPY);
    out.putInt(0x100, USER_XATTR_AND_ACL);
    out.put(0x10c, journal.map);
    out.putInt(0x10c + 60, (int) (journal.size >>> 32)).putInt(0x10c + 64, (int) journal.size);
    out.putShort(0x15c, EXTRA_INODE_SIZE).putShort(0x15e, EXTRA_INODE_SIZE);
    out.putInt(0x160, UNSIGNED_HASH);
    if (options.generation() == Generation.EXT4) {
      out.putShort(0xfe, (short) Generation.EXT4.descriptorSize);
      out.put(0x174, (byte) Integer.numberOfTrailingZeros(geometry.flexGroups()));
      out.put(0x175, CRC32C);
      out.putInt(0x3fc, Checksums.plain(out.slice(0, 0x3fc)));
    }
    return out;
  }

  private void putSizes(ByteBuffer out, long freeBlocks, long freeInodes) {
    out.putInt(0x00, (int) geometry.inodes());
    out.putInt(0x04, (int) geometry.blocks());
    out.putInt(0x0c, (int) freeBlocks);
    out.putInt(0x10, (int) freeInodes);
    out.putInt(0x18, LOG_BLOCK_SIZE).putInt(0x1c, LOG_BLOCK_SIZE);
    out.putInt(0x20, Geometry.BLOCKS_PER_GROUP).putInt(0x24, Geometry.BLOCKS_PER_GROUP);
    out.putInt(0x28, geometry.inodesPerGroup());
    if (options.generation() == Generation.EXT4) {
      out.putInt(0x150, (int) (geometry.blocks() >>> 32));
      out.putInt(0x158, (int) (freeBlocks >>> 32));
    }
  }

  private void putFeatures(ByteBuffer out, boolean attributeInodes) {
    out.putInt(0x5c, HAS_JOURNAL | EXT_ATTR | DIR_INDEX);
    switch (options.generation()) {
      case EXT4 -> {
        int more = attributeInodes ? EA_INODE : 0;
        out.putInt(0x60, FILETYPE | EXTENTS | SIXTY_FOUR_BIT | FLEX_BG | more);
        int plain = SPARSE_SUPER | LARGE_FILE | HUGE_FILE;
        out.putInt(0x64, plain | DIR_NLINK | EXTRA_ISIZE | METADATA_CSUM);
      }
      case EXT3 -> {
        out.putInt(0x60, FILETYPE);
        out.putInt(0x64, SPARSE_SUPER | LARGE_FILE);
      }
    }
  }
}
