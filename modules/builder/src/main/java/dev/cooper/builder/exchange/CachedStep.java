package dev.cooper.builder.exchange;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a step as it is exchanged.
 *
 * @param key stands for all that led to it
 * @param created when it was made
 * @param layer the layer; null if it made none
 * @param diffId the digest of the uncompressed layer; null if there is none
 */
public record CachedStep(
    Digest key, Instant created, @Nullable Descriptor layer, @Nullable Digest diffId) {
  public CachedStep {
    Objects.requireNonNull(key);
    Objects.requireNonNull(created);
    if ((layer == null) != (diffId == null)) {
      throw new IllegalArgumentException("a layer and its diff id go together");
    }
  }
}
