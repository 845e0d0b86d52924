package dev.cooper.builder;

import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.util.Optional;

/** Resolves to what is in the store, and never fetches. */
public final class StoredImages implements ImageResolver {
  private final Store store;

  public StoredImages(Store store) {
    this.store = store;
  }

  @Override
  public Image resolve(String name, Platform platform, boolean pull) throws IOException {
    Optional<StoredImage> image = store.images().resolve(name);
    if (image.isEmpty()) {
      throw new CooperException.NotFound(
          "No such image: " + name, "build it first, or check its name with: cooper images");
    }
    return Image.read(store.blobs(), image.get().target(), platform);
  }
}
