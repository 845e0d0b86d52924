package dev.cooper.registry;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what layers became when they were packed for a registry, so that a layer that a
 * registry has need not be packed again to find out. It may forget at any time.
 */
public interface PackedLayers {
  /** The packed form of a layer whose uncompressed tar has this digest; null when not known. */
  @Nullable Descriptor find(Digest diffId) throws IOException;

  void put(Digest diffId, Descriptor packed) throws IOException;
}
