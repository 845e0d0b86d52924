package dev.cooper.store;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import java.io.IOException;

/**
 * What keeps content alive beside the names in the store: containers, the build cache. Asked while
 * the garbage collector holds the lease alone, so that nothing can be added meanwhile.
 */
@FunctionalInterface
public interface GarbageRoots {
  /** Nothing else. */
  GarbageRoots NONE =
      new GarbageRoots() {
        @Override
        public void mark(Marker marker) {}
      };

  /**
   * Tells the marker everything that must stay. What is told but not there is passed over; an
   * exception ends the collection before anything was removed.
   */
  void mark(Marker marker) throws IOException;

  /** These roots and the others' as well. */
  default GarbageRoots and(GarbageRoots others) {
    return marker -> {
      mark(marker);
      others.mark(marker);
    };
  }

  /** Collects what must stay. */
  interface Marker {
    /** An image or an index: all its documents, its layers' blobs, unpacked layers and tables. */
    void image(Descriptor target) throws IOException;

    /** One blob alone, whatever it is. */
    void blob(Digest digest);

    /** The table of contents of one layer, by its diff id. */
    void tableOfContents(Digest diffId);

    /** One unpacked layer, by its chain id. */
    void layer(Digest chainId);
  }
}
