package dev.cooper.image.layer;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;

/**
 * A layer that was written to a sink.
 *
 * @param blob the blob as stored
 * @param diffId the digest of the uncompressed tar; the blob's own when it is stored uncompressed
 * @param index its table of contents
 */
public record Layer(Descriptor blob, Digest diffId, LayerIndex index) {}
