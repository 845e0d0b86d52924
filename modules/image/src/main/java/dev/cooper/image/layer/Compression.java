package dev.cooper.image.layer;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a layer's or an archive's bytes are packed, told by their first bytes. */
public enum Compression {
  NONE,
  /** RFC 1952; several members one after the other are one stream. */
  GZIP,
  /** Several streams one after the other are one. */
  BZIP2,
  /** Several streams one after the other are one. */
  XZ,
  /** RFC 8878; several frames one after the other are one stream, skippable frames are skipped. */
  ZSTD;

  /** As many first bytes as {@link #detect(byte[], int)} wants to see. */
  public static final int MAGIC_LENGTH = 6;

  /** A dictionary larger than this is refused: 512 MiB, eight times what xz -9 needs. */
  private static final int XZ_MEMORY_KIB = 512 << 10;

  private static final int ZSTD_WINDOW_LOG = 31;
  private static final int GZIP_LEVEL = 6;
  private static final int ZSTD_LEVEL = 3;

  /** The packing of something whose first {@code length} bytes are these. */
  public static Compression detect(byte[] head, int length) {
    int first = length >= 4 ? bytes(head, 0) : 0;
    if (length >= 3 && head[0] == 0x1F && head[1] == (byte) 0x8B && head[2] == 8) {
      return GZIP;
    }
    if (first == 0x28B52FFD || (first & 0xF0FFFFFF) == 0x502A4D18) {
      return ZSTD;
    }
    if (first >>> 8 == 0x425A68 && head[3] >= '1' && head[3] <= '9') {
      return BZIP2;
    }
    if (length >= 6 && first == 0xFD377A58 && head[4] == 'Z' && head[5] == 0) {
      return XZ;
    }
    return NONE;
  }

  /**
   * The plain bytes of a stream, whatever its packing. Closing the result closes {@code in}. A
   * stream that ends early, or is damaged, gives {@link dev.cooper.image.CooperException.Corrupt}
   * while it is read, or at once.
   */
  public static InputStream decompressed(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, MAGIC_LENGTH);
    byte[] head = new byte[MAGIC_LENGTH];
    int length = pushback.readNBytes(head, 0, MAGIC_LENGTH);
    pushback.unread(head, 0, length);
    return detect(head, length).decompress(pushback);
  }

  /** The plain bytes of a stream of this packing; as {@link #decompressed}. */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GzipStream(in);
      case BZIP2 -> CheckedStream.over(in, Bzip2::open, name());
      case XZ -> CheckedStream.over(in, Xz::open, name());
      case ZSTD -> CheckedStream.over(in, Zstd::open, name());
    };
  }

  /**
   * A stream that packs what is written to it, on all processors, at the packing's usual level. The
   * same bytes give the same packed bytes, whatever the machine. Closing it finishes the packing
   * and closes {@code out}.
   *
   * @throws IllegalArgumentException for bzip2 and xz, which are only read
   */
  public OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> compress(out, GZIP_LEVEL);
      case ZSTD -> compress(out, ZSTD_LEVEL);
      case BZIP2, XZ -> throw new IllegalArgumentException(this + " is only read");
    };
  }

  /**
   * As {@link #compress(OutputStream)}, at a level: 1 (fast) to 9 (small) for gzip, to 22 for zstd.
   *
   * @throws IllegalArgumentException when the packing has no such level, or is only read
   */
  public OutputStream compress(OutputStream out, int level) throws IOException {
    int most = this == GZIP ? 9 : this == ZSTD ? 22 : 0;
    if (level < 1 || level > most) {
      throw new IllegalArgumentException(this + " has no level " + level);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return this == GZIP
        ? new ParallelGzip(out, level, processors)
        : Zstd.compress(out, level, processors);
  }

  private static int bytes(byte[] head, int at) {
    return head[at] << 24
        | (head[at + 1] & 0xFF) << 16
        | (head[at + 2] & 0xFF) << 8
        | head[at + 3] & 0xFF;
  }

  // Classes of their own, so that a library is loaded only when its packing is met.

  private static final class Bzip2 {
    static InputStream open(InputStream raw) throws IOException {
      return new BZip2CompressorInputStream(raw, true);
    }
  }

  private static final class Xz {
    static InputStream open(InputStream raw) throws IOException {
      return new XZInputStream(raw, XZ_MEMORY_KIB);
    }
  }

  private static final class Zstd {
    static InputStream open(InputStream raw) throws IOException {
      return new ZstdInputStream(raw).setLongMax(ZSTD_WINDOW_LOG);
    }

    /** With at least one worker the bytes do not depend on how many there are. */
    static OutputStream compress(OutputStream out, int level, int workers) throws IOException {
      return new ZstdOutputStream(out, level).setChecksum(true).setWorkers(workers);
    }
  }
}
