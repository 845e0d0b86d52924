package dev.cooper.builder.exchange;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where results of steps come from that this store does not have: a directory, or anything else
 * that can hold an OCI image's documents and blobs. Used by several threads at once.
 */
public interface CacheSource {
  /** What messages call it. */
  String name();

  /**
   * The result of a step; empty if it is not known here.
   *
   * @throws IOException if the source cannot be read; then it is not asked again in this build
   * @throws CooperException.Corrupt if what it holds is damaged; likewise
   */
  Optional<CachedStep> find(Digest key) throws IOException;

  /**
   * The bytes of a layer that {@link #find} told of, not verified. The caller closes the stream.
   *
   * @throws IOException if they are not to be had
   */
  InputStream open(Descriptor layer) throws IOException;
}
