/**
 * Seeing inside an image, from any source of blobs, without unpacking it and without root.
 *
 * <p>{@link dev.cooper.explore.ExploredImage} opens one; {@link dev.cooper.explore.LayersReport}
 * tells what each layer did and what was wasted.
 *
 * <p>On it stand {@code doctor}, {@code bill}, {@code difference} and {@code terminal}; below it
 * lie {@code fact}, what a pass over a layer learns of its files, and {@code software}, the readers
 * of package databases and build tools' notes.
 */
@NullMarked
package dev.cooper.explore;

import org.jspecify.annotations.NullMarked;
