/**
 * The OCI image as values, and the two ports through which the rest of the house reaches bytes.
 *
 * <p>{@link dev.cooper.image.Digest}, {@link dev.cooper.image.Descriptor}, {@link
 * dev.cooper.image.Reference}, {@link dev.cooper.image.Platform}, {@link
 * dev.cooper.image.Manifest}, {@link dev.cooper.image.Index} and {@link
 * dev.cooper.image.ImageConfig} are immutable and validated when they are made. {@link
 * dev.cooper.image.BlobSource} and {@link dev.cooper.image.BlobSink} are where content-addressed
 * bytes come from and go to. Layers are in {@code dev.cooper.image.layer}, the merged view of a
 * stack of them in {@code dev.cooper.image.tree}.
 */
@NullMarked
package dev.cooper.image;

import org.jspecify.annotations.NullMarked;
