package dev.cooper.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of a disk or of one partition go: a run of bytes that all read as zero until they
 * are written. Writers need not go in order, and what they leave out costs nothing.
 */
@FunctionalInterface
public interface BlockOutput {

  /**
   * Writes all that remains in {@code data}, and moves its position to its limit.
   *
   * @param offset the first byte's place, counted from the start of this output
   * @throws IOException when the medium is full or fails; what was written before stays
   */
  void write(long offset, ByteBuffer data) throws IOException;

  /** The part of this output that begins at {@code start}; the partition of a disk. */
  default BlockOutput from(long start) {
    return (offset, data) -> write(start + offset, data);
  }
}
