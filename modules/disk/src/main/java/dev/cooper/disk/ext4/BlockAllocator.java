package dev.cooper.disk.ext4;

import dev.cooper.image.CooperException;

/**
 * Hands out blocks from the first to the last, over the groups' tables, each once and none back.
 *
 * <p>So the used blocks of a group are always its tables and a run after them, and a block bitmap
 * is two numbers.
 */
final class BlockAllocator {
  private final Geometry geometry;
  private long next;
  private long allocated;

  BlockAllocator(Geometry geometry) {
    this.geometry = geometry;
    this.next = geometry.overheadOf(0);
  }

  /**
   * The next run of blocks that are free and adjacent.
   *
   * @param wanted at least 1
   * @return a run of at most {@code wanted} blocks and at least 1; shorter when tables are in its
   *     way
   */
  FileBlocks.Run next(long wanted) {
    skipTables();
    if (next >= geometry.blocks()) {
      throw new CooperException.Failed("the file system's layout is too small for its files");
    }
    long end = next;
    while (end - next < wanted && end < geometry.blocks()) {
      int group = (int) (end / Geometry.BLOCKS_PER_GROUP);
      long groupEnd = geometry.groupStart(group) + geometry.groupLength(group);
      end = Math.min(groupEnd, next + wanted);
      if (end == groupEnd && group + 1 < geometry.groups() && geometry.overheadOf(group + 1) > 0) {
        break;
      }
    }
    FileBlocks.Run run = new FileBlocks.Run(next, end - next);
    next = end;
    allocated += run.length();
    return run;
  }

  private void skipTables() {
    int group = (int) (next / Geometry.BLOCKS_PER_GROUP);
    if (group < geometry.groups()) {
      next = Math.max(next, geometry.groupStart(group) + geometry.overheadOf(group));
    }
  }

  /** How many blocks have been handed out. */
  long allocated() {
    return allocated;
  }

  /** How many of a group's blocks are in use, all of them at its start. */
  int usedIn(int group) {
    long reached = Math.clamp(next - geometry.groupStart(group), 0, geometry.groupLength(group));
    return (int) Math.max(reached, geometry.overheadOf(group));
  }
}
