package dev.cooper.store;

import java.util.List;
import dev.cooper.image.Digest;

/**
 * What a garbage collection removed.
 *
 * @param blobs the blobs, in no particular order
 * @param layers how many unpacked layers
 * @param bytes the size of the blobs together
 */
public record Collected(List<Digest> blobs, int layers, long bytes) {
  public Collected {
    blobs = List.copyOf(blobs);
  }
}
