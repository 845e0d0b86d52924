package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * QEMU's format with packed clusters, one right behind the other. Those that do not get smaller are
 * kept as they are, each in a cluster of the file.
 *
 * <p>QEMU inflates zlib's with a window of 4 KiB, but a whole cluster at once, so that what a
 * stream refers back to is always there.
 */
final class CompressedQcow2File implements DiskFile {
  private static final int CLUSTER = Qcow2Tables.CLUSTER;
  private static final int SECTOR = 512;
  private static final long PACKED = 1L << 62;
  private static final int SECTORS_SHIFT = 62 - 8;
  private static final int ENTRIES_PER_PART = 8192;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final long[][] entries;
  private final Compression compression;
  private final ParallelPacker packer;
  private short[] references = new short[1 << 12];

  /** Where the next packed cluster goes, as long as it ends before {@code packedLimit}. */
  private long packed = CLUSTER;

  private long packedLimit = Long.MAX_VALUE;

  /** The first cluster of the file that nothing has been put in. */
  private long free = CLUSTER;

  /**
   * @param compression other than none
   */
  CompressedQcow2File(RandomAccessFile file, long size, Compression compression) {
    this.compression = compression;
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    long clusters = Math.ceilDiv(size, CLUSTER);
    this.entries = new long[Math.toIntExact(Math.ceilDiv(clusters, ENTRIES_PER_PART))][];
    this.packer =
        new ParallelPacker(
            compression == Compression.ZSTD
                ? BlockPacking.Zstandard::new
                : () -> new BlockPacking.Deflate(false),
            this::take);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    packer.write(offset, data);
  }

  private void take(int cluster, ByteBuffer data, boolean isPacked) throws IOException {
    int length = data.remaining();
    if (!isPacked) {
      long place = free;
      free += CLUSTER;
      // What is packed later may fill up the cluster before this one, but not go on after it.
      packedLimit = Math.min(packedLimit, place);
      put(cluster, place | Qcow2Tables.USED_ONCE);
      refer(place, CLUSTER);
      BlockTable.write(channel, place, data);
      return;
    }
    if (packed + length > packedLimit) {
      packed = free;
      packedLimit = Long.MAX_VALUE;
    }
    long place = packed;
    packed += length;
    free = Math.max(free, Math.ceilDiv(packed, CLUSTER) * CLUSTER);
    long moreSectors = (packed - 1) / SECTOR - place / SECTOR;
    put(cluster, PACKED | moreSectors << SECTORS_SHIFT | place);
    refer(place, length);
    BlockTable.write(channel, place, data);
  }

  private void put(int cluster, long entry) {
    int part = cluster / ENTRIES_PER_PART;
    if (entries[part] == null) {
      entries[part] = new long[ENTRIES_PER_PART];
    }
    if (entries[part][cluster % ENTRIES_PER_PART] != 0) {
      throw new IllegalStateException("cluster " + cluster + " was written twice");
    }
    entries[part][cluster % ENTRIES_PER_PART] = entry;
  }

  /** Counts a reference to each cluster of the file that a place reaches into. */
  private void refer(long place, int length) {
    int last = Math.toIntExact((place + length - 1) / CLUSTER);
    if (last >= references.length) {
      references = Arrays.copyOf(references, Math.max(last + 1, 2 * references.length));
    }
    for (int cluster = (int) (place / CLUSTER); cluster <= last; cluster++) {
      references[cluster]++;
    }
  }

  @Override
  public void finish() throws IOException {
    packer.finish();
    new Qcow2Tables(file, size, compression == Compression.ZSTD)
        .write(
            free,
            cluster -> {
              long[] part = entries[cluster / ENTRIES_PER_PART];
              return part == null ? 0 : part[cluster % ENTRIES_PER_PART];
            },
            cluster -> references[(int) cluster]);
  }

  @Override
  public void close() throws IOException {
    packer.close();
    file.close();
  }
}
