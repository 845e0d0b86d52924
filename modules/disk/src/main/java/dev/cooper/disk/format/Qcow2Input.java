package dev.cooper.disk.format;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cooper.image.CooperException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads QEMU's format, versions 2 and 3. */
final class Qcow2Input extends DiskInput {
  private static final long PLACE = 0x00fffffffffffe00L;
  private static final long COMPRESSED = 1L << 62;
  private static final int READS_ZERO = 1;
  private static final int DIRTY = 1;
  private static final int NOT_ZLIB = 1 << 3;
  private static final int ZSTD = 1;
  private static final int SECTOR = 512;

  private final ByteBuffer upper;
  private final int clusterBits;
  private final boolean zstd;
  private ByteBuffer lower = ByteBuffer.allocate(0);
  private long lowerAt = -1;

  private Qcow2Input(
      FileChannel channel, long size, int clusterBits, boolean zstd, ByteBuffer upper) {
    super(Format.QCOW2, channel, size, 1 << clusterBits);
    this.clusterBits = clusterBits;
    this.zstd = zstd;
    this.upper = upper;
  }

  static Qcow2Input of(FileChannel channel) throws IOException {
    ByteBuffer header = at(channel, 0, (int) Math.min(512, channel.size()));
    int version = header.getInt(4);
    if (header.getLong(8) != 0) {
      throw refused("the disk has a backing file");
    }
    if (header.getInt(32) != 0) {
      throw refused("the disk is encrypted");
    }
    long features = version == 3 ? header.getLong(72) : 0;
    boolean zstd = (features & NOT_ZLIB) != 0 && header.get(104) == ZSTD;
    long readable = zstd ? DIRTY | NOT_ZLIB : DIRTY;
    boolean known = version == 2 || (version == 3 && (features & ~readable) == 0);
    if (!known) {
      throw refused("a feature of this qcow2 disk is not known");
    }
    int bits = header.getInt(20);
    int entries = header.getInt(36);
    if (bits < 9 || bits > 21 || entries < 0 || entries > 1 << 22) {
      throw new CooperException.Corrupt("damaged qcow2 header");
    }
    ByteBuffer upper = at(channel, header.getLong(40), entries * 8);
    return new Qcow2Input(channel, header.getLong(24), bits, zstd, upper);
  }

  private long entry(long cluster) throws IOException {
    int perTable = 1 << (clusterBits - 3);
    long table = cluster / perTable;
    if (table * 8 >= upper.capacity()) {
      return 0;
    }
    long at = upper.getLong((int) table * 8) & PLACE;
    if (at == 0) {
      return 0;
    }
    if (at != lowerAt) {
      lower = at(channel, at, blockSize());
      lowerAt = at;
    }
    return lower.getLong((int) (cluster % perTable) * 8);
  }

  @Override
  long place(long cluster) throws IOException {
    long entry = entry(cluster);
    if ((entry & COMPRESSED) != 0) {
      return DEFLATED;
    }
    long place = entry & PLACE;
    return place == 0 || (entry & READS_ZERO) != 0 ? HOLE : place;
  }

  @Override
  byte[] inflate(long cluster) throws IOException {
    long entry = entry(cluster);
    int shift = 62 - (clusterBits - 8);
    long place = entry & ((1L << shift) - 1);
    int sectors = (int) ((entry & (COMPRESSED - 1)) >>> shift) + 1;
    int most = sectors * SECTOR - (int) (place % SECTOR);
    return zstd ? unpackZstd(place, most) : inflate(place, most, true);
  }

  private byte[] unpackZstd(long place, int most) throws IOException {
    int there = (int) Math.min(most, channel.size() - place);
    byte[] packed = at(channel, place, Math.max(0, there)).array();
    try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
      byte[] out = in.readNBytes(blockSize());
      if (out.length < blockSize()) {
        throw new CooperException.Corrupt("a packed block ends early");
      }
      return out;
    } catch (ZstdIOException e) {
      throw new CooperException.Corrupt("a packed block is damaged", null, e);
    }
  }
}
