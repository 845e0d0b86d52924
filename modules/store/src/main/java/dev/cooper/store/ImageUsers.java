package dev.cooper.store;

import dev.cooper.image.Digest;
import java.util.List;

/** Who uses images besides the store: the containers, for whoever removes an image. */
@FunctionalInterface
public interface ImageUsers {
  /** Nobody. */
  ImageUsers NONE = id -> List.of();

  /** The containers made from this image, in any order. */
  List<User> of(Digest imageId);

  /**
   * One container.
   *
   * @param container its full id
   * @param running whether it runs (or is paused) now
   */
  record User(String container, boolean running) {
    /** The id as Docker shows it: twelve characters. */
    String shortId() {
      return container.substring(0, Math.min(12, container.length()));
    }
  }
}
