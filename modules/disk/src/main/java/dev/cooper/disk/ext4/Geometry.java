package dev.cooper.disk.ext4;

/**
 * Where everything that is not a file's lies: a pure function of the sizes.
 *
 * <p>Blocks have 4 KiB and come in groups of 32,768 (128 MiB). Groups 0, 1 and the powers of 3, 5
 * and 7 begin with a copy of the superblock and of all group descriptors. Groups are bundled by
 * {@code flexGroups}; the first of a bundle holds the block bitmaps, then the inode bitmaps, then
 * the inode tables of all its groups, so that most groups are free from end to end.
 *
 * @param blocks of the whole file system; the last group may be shorter than the others
 * @param inodesPerGroup a multiple of 16, so that a table ends with its block
 * @param flexGroups a power of two
 */
record Geometry(Generation generation, long blocks, int inodesPerGroup, int flexGroups) {
  static final int BLOCK = 4096;
  static final int BLOCKS_PER_GROUP = 8 * BLOCK;
  static final int INODE = 256;
  static final int INODES_PER_BLOCK = BLOCK / INODE;
  static final int ROOT_INODE = 2;
  static final int JOURNAL_INODE = 8;
  static final int FIRST_INODE = 11;

  private static final int MAXIMUM_INODES_PER_GROUP = 8 * BLOCK;
  private static final int BLOCKS_PER_INODE = 4;
  private static final int SMALLEST_LAST_GROUP = 64;

  /**
   * The smallest file system for so many blocks of data and so many inodes.
   *
   * @param data blocks for files, directories, the journal and what maps them
   * @param inodes all of them, the ten reserved ones included
   */
  static Geometry holding(Generation generation, long data, long inodes) {
    long groups = Math.max(1, Math.ceilDiv(inodes, MAXIMUM_INODES_PER_GROUP));
    while (true) {
      Geometry full = ofGroups(generation, groups * BLOCKS_PER_GROUP, inodes);
      long free = full.blocks - full.overhead();
      if (free >= data) {
        return full.shortenedTo(data, inodes);
      }
      groups += Math.max(1, (data - free) / BLOCKS_PER_GROUP);
    }
  }

  /**
   * The file system that fills so many blocks, or nearly: a last group too short for its own tables
   * is left out.
   */
  static Geometry filling(Generation generation, long blocks, long inodes) {
    Geometry whole = ofGroups(generation, blocks, inodes);
    long last = whole.groupStart(whole.groups() - 1);
    boolean tooShort =
        blocks - last < whole.overheadOf(whole.groups() - 1) + SMALLEST_LAST_GROUP
            && whole.groups() > 1;
    return tooShort ? ofGroups(generation, last, inodes) : whole;
  }

  private static Geometry ofGroups(Generation generation, long blocks, long inodes) {
    long groups = Math.ceilDiv(blocks, BLOCKS_PER_GROUP);
    long wanted = Math.max(inodes, blocks / BLOCKS_PER_INODE);
    long each = Math.ceilDiv(wanted, groups);
    int perGroup =
        (int)
            Math.min(
                MAXIMUM_INODES_PER_GROUP, Math.ceilDiv(each, INODES_PER_BLOCK) * INODES_PER_BLOCK);
    // Only ext4 may keep the tables of one group in another.
    int flex = generation == Generation.EXT4 ? 16 : 1;
    while (flex > 1 && flex * (2 + perGroup / INODES_PER_BLOCK) > BLOCKS_PER_GROUP / 2) {
      flex /= 2;
    }
    return new Geometry(generation, blocks, perGroup, flex);
  }

  private Geometry shortenedTo(long data, long inodes) {
    long low = 1;
    long high = blocks;
    while (low < high) {
      long middle = (low + high) / 2;
      if (ofGroups(generation, middle, inodes).holds(data, inodes)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    Geometry shortest = ofGroups(generation, low, inodes);
    return shortest.holds(data, inodes) ? shortest : this;
  }

  /** Whether there is room for so much in a file system whose last group is large enough. */
  boolean holds(long data, long inodes) {
    int last = groups() - 1;
    return blocks - groupStart(last) >= overheadOf(last) + SMALLEST_LAST_GROUP
        && blocks - overhead() >= data
        && inodes() >= inodes;
  }

  int groups() {
    return (int) Math.ceilDiv(blocks, BLOCKS_PER_GROUP);
  }

  long inodes() {
    return (long) groups() * inodesPerGroup;
  }

  int tableBlocks() {
    return inodesPerGroup / INODES_PER_BLOCK;
  }

  int descriptorBlocks() {
    return (int) Math.ceilDiv((long) groups() * generation.descriptorSize, BLOCK);
  }

  long groupStart(int group) {
    return (long) group * BLOCKS_PER_GROUP;
  }

  int groupLength(int group) {
    return (int) Math.min(BLOCKS_PER_GROUP, blocks - groupStart(group));
  }

  /** Whether a group begins with a superblock and the descriptors: {@code sparse_super}. */
  boolean hasSuperblock(int group) {
    return group <= 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
  }

  private static boolean isPower(int number, int base) {
    long power = base;
    while (power < number) {
      power *= base;
    }
    return power == number;
  }

  /** How many blocks at a group's start are taken by the superblock and the descriptors. */
  int superblockLength(int group) {
    return hasSuperblock(group) ? 1 + descriptorBlocks() : 0;
  }

  long blockBitmap(int group) {
    return bundleTables(group) + group % flexGroups;
  }

  long inodeBitmap(int group) {
    return bundleTables(group) + bundleGroups(group) + group % flexGroups;
  }

  long inodeTable(int group) {
    return bundleTables(group)
        + 2L * bundleGroups(group)
        + (long) (group % flexGroups) * tableBlocks();
  }

  /** How many blocks of a group, all at its start, hold copies of the superblock or tables. */
  int overheadOf(int group) {
    int tables = group % flexGroups == 0 ? bundleGroups(group) * (2 + tableBlocks()) : 0;
    return superblockLength(group) + tables;
  }

  long overhead() {
    long total = 0;
    for (int group = 0; group < groups(); group++) {
      total += overheadOf(group);
    }
    return total;
  }

  private long bundleTables(int group) {
    int first = group - group % flexGroups;
    return groupStart(first) + superblockLength(first);
  }

  private int bundleGroups(int group) {
    int first = group - group % flexGroups;
    return Math.min(flexGroups, groups() - first);
  }
}
