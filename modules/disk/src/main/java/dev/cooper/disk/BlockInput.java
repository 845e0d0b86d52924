package dev.cooper.disk;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a disk or of one partition, to be read at any place. Not for several threads. */
public interface BlockInput {
  /** How many bytes there are. */
  long size();

  /**
   * Fills all that remains in {@code into}.
   *
   * @param offset the first byte's place
   * @throws CooperException.Corrupt when that reaches beyond the end, or cannot be made sense of
   */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Some bytes, as a buffer of little-endian numbers. */
  default ByteBuffer bytes(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    read(offset, bytes);
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A part of this one, such as a partition of a disk; cut off where this one ends. */
  default BlockInput part(long start, long length) {
    BlockInput whole = this;
    long end = Math.min(whole.size(), start + length);
    return new BlockInput() {
      @Override
      public long size() {
        return Math.max(0, end - start);
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        if (offset < 0 || offset + into.remaining() > size()) {
          throw new CooperException.Corrupt(
              "something lies at byte %d of %d, beyond the end".formatted(offset, size()));
        }
        whole.read(start + offset, into);
      }
    };
  }
}
