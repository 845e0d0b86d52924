/**
 * Layers as streams of changes: the tar codec, compression, and a layer's table of contents.
 *
 * <p>{@link dev.cooper.image.layer.TarReader} and {@link dev.cooper.image.layer.TarWriter}
 * translate between bytes and {@link dev.cooper.image.layer.TarEntry}; {@link
 * dev.cooper.image.layer.LayerWriter} makes a layer blob, its digest and its {@link
 * dev.cooper.image.layer.LayerIndex} in one pass.
 */
@NullMarked
package dev.cooper.image.layer;

import org.jspecify.annotations.NullMarked;
