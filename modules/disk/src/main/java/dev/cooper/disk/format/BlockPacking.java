package dev.cooper.disk.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.zip.Deflater;

/** Packs blocks of a disk one by one. For one thread. */
sealed interface BlockPacking extends AutoCloseable {
  /** Makes one for each thread. */
  @FunctionalInterface
  interface Maker {
    BlockPacking make();
  }

  /** The longest that a block can become. */
  static int longest(int block) {
    return (int) Math.max(Zstd.compressBound(block), block + (block >> 10) + 64L);
  }

  /**
   * Packs a block.
   *
   * @param output at least {@link #longest} bytes
   * @return how many bytes it became
   */
  int pack(byte[] block, byte[] output);

  /** Whether a block that does not get smaller is packed all the same. */
  boolean always();

  @Override
  void close();

  /** RFC 1951, or with its header and checksum RFC 1950. */
  final class Deflate implements BlockPacking {
    /**
     * The fastest: the others make a disk a tenth smaller at best, and take three times as long or
     * more.
     */
    private static final int LEVEL = Deflater.BEST_SPEED;

    private final boolean header;
    private final Deflater deflater;

    Deflate(boolean header) {
      this.header = header;
      this.deflater = new Deflater(LEVEL, !header);
    }

    @Override
    public int pack(byte[] block, byte[] output) {
      deflater.reset();
      deflater.setInput(block);
      deflater.finish();
      int length = deflater.deflate(output);
      if (!deflater.finished()) {
        throw new IllegalStateException("a block became more than " + length + " bytes");
      }
      return length;
    }

    @Override
    public boolean always() {
      return header;
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /** RFC 8878, one frame a block. */
  final class Zstandard implements BlockPacking {
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public int pack(byte[] block, byte[] output) {
      return context.compressByteArray(output, 0, output.length, block, 0, block.length);
    }

    @Override
    public boolean always() {
      return false;
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
