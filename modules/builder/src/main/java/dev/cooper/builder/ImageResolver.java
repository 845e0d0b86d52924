package dev.cooper.builder;

import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import java.io.IOException;

/** Finds the images that a Dockerfile names, fetching them where they are not here yet. */
@FunctionalInterface
public interface ImageResolver {
  /**
   * The image of that name for that platform, all of its blobs in the build's store when this
   * returns. Called by several threads at once.
   *
   * @param name as FROM has it: a reference, an id, or the first digits of one
   * @param pull whether to ask where the image comes from even if it is here
   * @throws dev.cooper.image.CooperException.NotFound if there is none
   */
  Image resolve(String name, Platform platform, boolean pull) throws IOException;
}
