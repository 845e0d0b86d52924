package dev.cooper.disk.ext4;

import dev.cooper.disk.BlockOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The groups' descriptors and bitmaps.
 *
 * <p>Blocks and inodes are handed out from the first on, so each bitmap is a run of ones, a run of
 * zeros, and the ones that stand for what lies beyond the group's end. With checksums, a group of
 * which nothing is used says so in its descriptor, and its bitmaps stay unwritten.
 */
final class GroupTables {
  private static final int INODES_UNUSED = 0x1;
  private static final int BLOCKS_UNUSED = 0x2;
  private static final int TABLE_ZEROED = 0x4;

  private final Geometry geometry;
  private final BlockAllocator allocator;
  private final Checksums checksums;
  private final long usedInodes;
  private final int[] directoriesPerGroup;

  /**
   * @param usedInodes the highest inode in use; all below it are in use or reserved
   * @param directoriesPerGroup how many directories have their inodes in each group
   */
  GroupTables(
      Geometry geometry,
      BlockAllocator allocator,
      Checksums checksums,
      long usedInodes,
      int[] directoriesPerGroup) {
    this.geometry = geometry;
    this.allocator = allocator;
    this.checksums = checksums;
    this.usedInodes = usedInodes;
    this.directoriesPerGroup = directoriesPerGroup;
  }

  /** Writes the bitmaps and returns the table of descriptors, whole blocks. */
  ByteBuffer write(BlockOutput output) throws IOException {
    ByteBuffer table =
        ByteBuffer.allocate(geometry.descriptorBlocks() * Geometry.BLOCK)
            .order(ByteOrder.LITTLE_ENDIAN);
    int size = geometry.generation().descriptorSize;
    for (int group = 0; group < geometry.groups(); group++) {
      ByteBuffer descriptor = table.slice(group * size, size).order(ByteOrder.LITTLE_ENDIAN);
      writeGroup(group, descriptor, output);
    }
    return table;
  }

  int usedInodesIn(int group) {
    long before = (long) group * geometry.inodesPerGroup();
    return (int) Math.clamp(usedInodes - before, 0, geometry.inodesPerGroup());
  }

  private void writeGroup(int group, ByteBuffer descriptor, BlockOutput output) throws IOException {
    int length = geometry.groupLength(group);
    int usedBlocks = allocator.usedIn(group);
    int inodes = usedInodesIn(group);
    int unusedInodes = geometry.inodesPerGroup() - inodes;
    put32(descriptor, 0x00, 0x20, geometry.blockBitmap(group));
    put32(descriptor, 0x04, 0x24, geometry.inodeBitmap(group));
    put32(descriptor, 0x08, 0x28, geometry.inodeTable(group));
    put16(descriptor, 0x0c, 0x2c, length - usedBlocks);
    put16(descriptor, 0x0e, 0x2e, unusedInodes);
    put16(descriptor, 0x10, 0x30, directoriesPerGroup[group]);
    ByteBuffer blockBitmap = bitmap(usedBlocks, length);
    ByteBuffer inodeBitmap = bitmap(inodes, geometry.inodesPerGroup());
    boolean last = group == geometry.groups() - 1;
    boolean checked = geometry.generation().checksums();
    boolean blocksUnused = checked && !last && usedBlocks == geometry.superblockLength(group);
    boolean inodesUnused = checked && inodes == 0;
    if (checked) {
      int flags =
          TABLE_ZEROED | (inodesUnused ? INODES_UNUSED : 0) | (blocksUnused ? BLOCKS_UNUSED : 0);
      descriptor.putShort(0x12, (short) flags);
      put16(descriptor, 0x18, 0x38, checksums.of(blockBitmap));
      int inodeBytes = geometry.inodesPerGroup() / 8;
      put16(descriptor, 0x1a, 0x3a, checksums.of(inodeBitmap.slice(0, inodeBytes)));
      put16(descriptor, 0x1c, 0x32, unusedInodes);
      descriptor.putShort(0x1e, (short) checksums.ofGroup(group, descriptor));
    }
    if (!blocksUnused) {
      output.write(geometry.blockBitmap(group) * Geometry.BLOCK, blockBitmap);
    }
    if (!inodesUnused) {
      output.write(geometry.inodeBitmap(group) * Geometry.BLOCK, inodeBitmap);
    }
  }

  /** Ones up to {@code used}, zeros up to {@code length}, ones to the block's end. */
  private static ByteBuffer bitmap(int used, int length) {
    byte[] bits = new byte[Geometry.BLOCK];
    setBits(bits, 0, used);
    setBits(bits, length, 8 * Geometry.BLOCK);
    return ByteBuffer.wrap(bits);
  }

  private static void setBits(byte[] bits, int from, int to) {
    int bit = from;
    while (bit < to && bit % 8 != 0) {
      bits[bit / 8] |= (byte) (1 << bit % 8);
      bit++;
    }
    while (bit + 8 <= to) {
      bits[bit / 8] = -1;
      bit += 8;
    }
    while (bit < to) {
      bits[bit / 8] |= (byte) (1 << bit % 8);
      bit++;
    }
  }

  private static void put16(ByteBuffer out, int low, int high, int value) {
    out.putShort(low, (short) value);
    if (high < out.capacity()) {
      out.putShort(high, (short) (value >>> 16));
    }
  }

  private static void put32(ByteBuffer out, int low, int high, long value) {
    out.putInt(low, (int) value);
    if (high < out.capacity()) {
      out.putInt(high, (int) (value >>> 32));
    }
  }
}
