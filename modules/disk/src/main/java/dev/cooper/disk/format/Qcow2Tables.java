package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntToLongFunction;
import java.util.function.LongToIntFunction;

/**
 * What a file of QEMU's format, version 3, has beside the disk's clusters of 64 KiB: a header, two
 * levels of tables that say where each cluster is, and a count of references to each cluster of the
 * file. Described in QEMU's docs/interop/qcow2.txt.
 */
final class Qcow2Tables {
  static final int CLUSTER = 1 << 16;

  /** Marks an entry of a cluster that nothing else refers to. */
  static final long USED_ONCE = 1L << 63;

  private static final int ENTRIES = CLUSTER / 8;
  private static final int COUNTS = CLUSTER / 2;

  /** With the compression's type, and padding. */
  private static final int HEADER = 112;

  private static final long NOT_ZLIB = 1L << 3;
  private static final byte ZSTD = 1;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final int clusters;
  private final boolean zstd;

  /** Tables of a disk whose packed clusters, if any, are zlib's. */
  Qcow2Tables(RandomAccessFile file, long size) {
    this(file, size, false);
  }

  /**
   * @param size of the disk in bytes
   * @param zstd whether packed clusters are Zstandard's, which QEMU reads since 5.1
   */
  Qcow2Tables(RandomAccessFile file, long size, boolean zstd) {
    this.zstd = zstd;
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.clusters = Math.toIntExact(Math.ceilDiv(size, CLUSTER));
  }

  /**
   * Writes the tables behind the data, and the header.
   *
   * @param end where the data ends, a multiple of the cluster's size
   * @param entry a cluster of the disk to its entry; 0 when it has no place in the file
   * @param references how often the entries refer to a cluster of the file that is before {@code
   *     end}; not asked for the first, which is the header's
   */
  void write(long end, IntToLongFunction entry, LongToIntFunction references) throws IOException {
    int tables = Math.ceilDiv(clusters, ENTRIES);
    long next = end;
    ByteBuffer upper = clusters(Math.ceilDiv(tables, ENTRIES));
    for (int table = 0; table < tables; table++) {
      ByteBuffer lower = clusters(1);
      boolean used = false;
      int count = Math.min(ENTRIES, clusters - table * ENTRIES);
      for (int i = 0; i < count; i++) {
        long place = entry.applyAsLong(table * ENTRIES + i);
        lower.putLong(8 * i, place);
        used |= place != 0;
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
    long dataEnd = end / CLUSTER;
    writeCounts(
        next,
        upperAt,
        tables,
        cluster -> cluster == 0 || cluster >= dataEnd ? 1 : references.applyAsInt(cluster));
  }

  /** The counts cover the clusters that hold them too. */
  private void writeCounts(long start, long upperAt, int tables, LongToIntFunction references)
      throws IOException {
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
        counts.putShort(2 * i, (short) references.applyAsInt((long) block * COUNTS + i));
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
    header.putInt(96, countBitsExponent).putInt(100, HEADER);
    if (zstd) {
      header.putLong(72, NOT_ZLIB).put(104, ZSTD);
    }
    BlockTable.write(channel, 0, header);
  }

  private static ByteBuffer clusters(int count) {
    return ByteBuffer.allocate(Math.max(1, count) * CLUSTER);
  }
}
