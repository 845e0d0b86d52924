package dev.cooper.builder;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;

/**
 * The image that a build made.
 *
 * @param manifest its manifest in the store
 * @param imageId the digest of its config, which Docker calls the image's id
 */
public record BuildResult(Descriptor manifest, Digest imageId) {}
