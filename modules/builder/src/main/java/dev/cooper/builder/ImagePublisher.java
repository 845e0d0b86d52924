package dev.cooper.builder;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Reference;
import java.io.IOException;

/** Sends images of the store to registries. */
@FunctionalInterface
public interface ImagePublisher {
  /** Knows no registry. */
  ImagePublisher NONE =
      name -> {
        throw new CooperException.InvalidInput("no registry: cannot push " + name.familiar());
      };

  /**
   * Sends an image.
   *
   * @param name its name in the store, which says where it goes
   * @return its manifest or index in the registry; another than here if layers were packed
   */
  Descriptor publish(Reference name) throws IOException;
}
