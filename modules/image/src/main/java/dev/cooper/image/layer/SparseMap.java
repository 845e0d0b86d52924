package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the stored pieces of a sparse file belong; everything between them is zeros. The pieces lie
 * one after the other in the archive, in this order.
 */
public final class SparseMap {
  private final long[] offsets;
  private final long[] lengths;

  private SparseMap(long[] offsets, long[] lengths) {
    this.offsets = offsets;
    this.lengths = lengths;
  }

  /**
   * A map of pieces at these offsets of the file with these lengths.
   *
   * @throws CooperException.Corrupt when pieces overlap, go backwards, or reach beyond {@code size}
   */
  public static SparseMap of(long[] offsets, long[] lengths, long size) {
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < end || lengths[i] < 0 || lengths[i] > size - offsets[i]) {
        throw new CooperException.Corrupt("malformed map of a sparse file");
      }
      end = offsets[i] + lengths[i];
    }
    return new SparseMap(offsets.clone(), lengths.clone());
  }

  /** The number of pieces. */
  public int pieces() {
    return offsets.length;
  }

  /** Where in the file the piece begins. */
  public long offset(int piece) {
    return offsets[piece];
  }

  /** The piece's length in bytes; may be 0. */
  public long length(int piece) {
    return lengths[piece];
  }

  /** The bytes that the archive holds: the sum of all lengths. */
  public long stored() {
    long sum = 0;
    for (long length : lengths) {
      sum += length;
    }
    return sum;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof SparseMap other
        && Arrays.equals(offsets, other.offsets)
        && Arrays.equals(lengths, other.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets) * 31 + Arrays.hashCode(lengths);
  }
}
