package dev.cooper.explore.fact;

import dev.cooper.image.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was learnt from layers' files. A layer never changes, so neither does this. Purely an
 * optimisation: it may forget at any time.
 */
public interface FactsCache {
  /** Remembers nothing. */
  FactsCache NONE =
      new FactsCache() {
        @Override
        public byte @Nullable [] find(Digest diffId) {
          return null;
        }

        @Override
        public void put(Digest diffId, byte[] facts) {}
      };

  /** What was put for the layer whose uncompressed tar has this digest; null when not known. */
  byte @Nullable [] find(Digest diffId) throws IOException;

  /** Remembers; replaces what was known. */
  void put(Digest diffId, byte[] facts) throws IOException;
}
