package dev.cooper.api;

import dev.cooper.builder.ImageResolver;
import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.util.Optional;

/** The images that a Dockerfile names: what is here, and else what a registry has. */
final class PulledImages implements ImageResolver {
  private final Store store;
  private final Cooper.Puller puller;

  PulledImages(Store store, Cooper.Puller puller) {
    this.store = store;
    this.puller = puller;
  }

  @Override
  public Image resolve(String name, Platform platform, boolean pull) throws IOException {
    Optional<StoredImage> here = store.images().resolve(name);
    if (here.isPresent() && !(pull && isName(name, here.get()))) {
      try {
        return Image.read(store.blobs(), here.get().target(), platform);
      } catch (CooperException.NotFound e) {
        // An index of which another platform's part is here.
        if (!isName(name, here.get())) {
          throw e;
        }
      }
    }
    Reference reference = Reference.parse(name);
    puller.pull(reference, platform.equals(Platform.host()) ? null : platform);
    return Image.read(store.blobs(), store.images().require(name).target(), platform);
  }

  /** An id is known here alone. */
  private static boolean isName(String text, StoredImage image) {
    try {
      Reference name = Reference.parse(text);
      return name.digest() != null || image.names().contains(name);
    } catch (CooperException.InvalidInput e) {
      return false;
    }
  }
}
