package dev.cooper.disk.ext4;

import dev.cooper.image.CooperException;

/** A file system of the wanted size does not hold the files. */
public final class TooSmall extends CooperException.InvalidInput {
  private static final long serialVersionUID = 1L;

  private final long needed;

  TooSmall(long wanted, long needed) {
    super(
        "a file system of %d MiB is too small: the files need one of %d MiB"
            .formatted(wanted >> 20, Math.ceilDiv(needed, 1L << 20)));
    this.needed = needed;
  }

  /** How many bytes the smallest file system has that holds the files. */
  public long needed() {
    return needed;
  }
}
