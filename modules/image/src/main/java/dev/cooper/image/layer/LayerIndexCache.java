package dev.cooper.image.layer;

import dev.cooper.image.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps layers' tables of contents, which never change, so that a layer is read once. Purely an
 * optimisation: it may forget at any time. Safe for use by several threads and processes at once.
 */
public interface LayerIndexCache {
  /** Remembers nothing. */
  LayerIndexCache NONE =
      new LayerIndexCache() {
        @Override
        public @Nullable LayerIndex find(Digest diffId) {
          return null;
        }

        @Override
        public void put(Digest diffId, LayerIndex index) {}
      };

  /** The table of the layer whose uncompressed tar has this digest; null when it is not known. */
  @Nullable LayerIndex find(Digest diffId) throws IOException;

  /** Remembers a table; replaces nothing when it is known already. */
  void put(Digest diffId, LayerIndex index) throws IOException;
}
