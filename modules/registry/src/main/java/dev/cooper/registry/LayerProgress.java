package dev.cooper.registry;

import dev.cooper.image.Digest;

/** Hears how far the layers of an image are. Called by several threads, one at a time. */
public interface LayerProgress {
  /** Hears nothing. */
  LayerProgress NONE = (layer, state, done, total) -> {};

  /** Where a layer is on its way. */
  enum State {
    WAITING,
    /** It is at its destination already. */
    PRESENT,
    MOVING,
    VERIFYING,
    MOVED,
    UNPACKING,
    DONE
  }

  /**
   * A layer has come to a state, or further in it.
   *
   * @param layer the digest that people see: the blob's for a pull, the unpacked tar's for a push
   * @param done bytes moved so far
   * @param total bytes to move; 0 when unknown
   */
  void layer(Digest layer, State state, long done, long total);
}
