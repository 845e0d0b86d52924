package dev.cooper.store;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One image as {@code images} lists it.
 *
 * @param id the digest of the config, Docker's image id; of the manifest when the image is damaged
 * @param target the manifest, or the index of manifests for several platforms, without annotations
 * @param names the tags it goes by, sorted; empty for a dangling image ({@code <none>})
 * @param digests the names it was pulled by, with digests ({@code busybox@sha256:…}), sorted
 * @param created when it was made; empty when the config does not say
 * @param size the sizes of all files in all layers together, in bytes, as Docker counts them
 * @param problem why the image cannot be used, when something of it is missing or damaged
 */
public record StoredImage(
    Digest id,
    Descriptor target,
    List<Reference> names,
    List<Reference> digests,
    Optional<Instant> created,
    long size,
    Optional<String> problem) {
  public StoredImage {
    names = List.copyOf(names);
    digests = List.copyOf(digests);
  }

  /** Whether no tag leads to it. */
  public boolean dangling() {
    return names.isEmpty();
  }
}
