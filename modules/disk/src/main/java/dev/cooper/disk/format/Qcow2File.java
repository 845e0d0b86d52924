package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * QEMU's format, version 3, described in its docs/interop/qcow2.txt: two levels of tables that say
 * where each cluster of 64 KiB is, and a count of references to each cluster of the file.
 */
final class Qcow2File implements DiskFile {
  private static final int CLUSTER = 1 << 16;
  private static final int ENTRIES = CLUSTER / 8;
  private static final int COUNTS = CLUSTER / 2;
  private static final long USED_ONCE = 1L << 63;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final BlockTable blocks;

  Qcow2File(RandomAccessFile file, long size) {
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.blocks = new BlockTable(channel, size, CLUSTER, CLUSTER, 0);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    int tables = Math.ceilDiv(blocks.blocks(), ENTRIES);
    long next = blocks.end();
    ByteBuffer upper = clusters(Math.ceilDiv(tables, ENTRIES));
    for (int table = 0; table < tables; table++) {
      ByteBuffer lower = clusters(1);
      boolean used = false;
      int end = Math.min(ENTRIES, blocks.blocks() - table * ENTRIES);
      for (int i = 0; i < end; i++) {
        int block = table * ENTRIES + i;
        if (blocks.number(block) >= 0) {
          lower.putLong(8 * i, blocks.place(block) | USED_ONCE);
          used = true;
        }
      }
      if (used) {
        upper.putLong(8 * table, next | USED_ONCE);
        BlockTable.write(channel, next, lower);
        next += CLUSTER;
      }
    }
    long upperAt = next;
    next += upper.capacity();
    BlockTable.write(channel, upperAt, upper);
    writeCounts(next, upperAt, tables);
  }

  /** The counts cover the clusters that hold them too. */
  private void writeCounts(long start, long upperAt, int tables) throws IOException {
    long before = start / CLUSTER;
    long countBlocks = 0;
    long tableClusters = 0;
    long total;
    do {
      total = before + countBlocks + tableClusters;
      countBlocks = Math.ceilDiv(total, COUNTS);
      tableClusters = Math.ceilDiv(countBlocks, ENTRIES);
    } while (before + countBlocks + tableClusters > total);
    long tableAt = start + countBlocks * CLUSTER;
    ByteBuffer table = clusters((int) tableClusters);
    for (int block = 0; block < countBlocks; block++) {
      long place = start + (long) block * CLUSTER;
      ByteBuffer counts = clusters(1);
      for (int i = 0; i < COUNTS && (long) block * COUNTS + i < total; i++) {
        counts.putShort(2 * i, (short) 1);
      }
      BlockTable.write(channel, place, counts);
      table.putLong(8 * block, place);
    }
    BlockTable.write(channel, tableAt, table);
    file.setLength(total * CLUSTER);
    writeHeader(upperAt, tables, tableAt, (int) tableClusters);
  }

  private void writeHeader(long upperAt, int tables, long countsAt, int countClusters)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(CLUSTER);
    header.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, 16).putLong(24, size);
    header.putInt(36, tables).putLong(40, upperAt).putLong(48, countsAt);
    header.putInt(56, countClusters);
    int countBitsExponent = 4;
    int headerLength = 104;
    header.putInt(96, countBitsExponent).putInt(100, headerLength);
    BlockTable.write(channel, 0, header);
  }

  private static ByteBuffer clusters(int count) {
    return ByteBuffer.allocate(Math.max(1, count) * CLUSTER);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
