package dev.cooper.builder.exchange;

import dev.cooper.image.BlobSource;
import java.io.IOException;
import java.util.List;

/** Where the results of a build's steps go, so that another machine need not do them again. */
public interface CacheTarget {
  /** Whether the steps of all stages are wanted, or only those that the image is made of. */
  boolean wantsAllStages();

  /**
   * Writes results in the place of those that were there. A reader sees the old or the new ones.
   *
   * @param blobs where the layers are
   * @throws IOException if that cannot be done; then the old ones are still there
   */
  void write(List<CachedStep> steps, BlobSource blobs) throws IOException;
}
