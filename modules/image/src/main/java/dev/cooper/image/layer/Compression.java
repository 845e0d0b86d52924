package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InputStream;

/** How a layer's or an archive's bytes are packed, told by their first bytes. */
public enum Compression {
  NONE,
  GZIP,
  BZIP2,
  XZ,
  ZSTD;

  /** As many first bytes as {@link #detect(byte[], int)} wants to see. */
  public static final int MAGIC_LENGTH = 6;

  /** The packing of something whose first {@code length} bytes are these. */
  public static Compression detect(byte[] head, int length) {
    throw new UnsupportedOperationException();
  }

  /**
   * The plain bytes of a stream, whatever its packing. Closing the result closes {@code in}. A
   * stream that ends early, or is damaged, gives {@link dev.cooper.image.CooperException.Corrupt}
   * while it is read.
   */
  public static InputStream decompressed(InputStream in) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The plain bytes of a stream of this packing; as {@link #decompressed}. */
  public InputStream decompress(InputStream in) throws IOException {
    throw new UnsupportedOperationException();
  }
}
