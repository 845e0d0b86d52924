package dev.cooper.store;

import dev.cooper.image.Digest;
import java.util.List;

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
