/**
 * Seeing inside an image, from any source of blobs, without unpacking it and without root.
 *
 * <p>{@link dev.cooper.explore.ExploredImage} opens one; {@link dev.cooper.explore.LayersReport}
 * tells what each layer did and what was wasted.
 */
@NullMarked
package dev.cooper.explore;

import org.jspecify.annotations.NullMarked;
