/**
 * The OCI image as values, layers as streams of changes, and the merged view of a stack of layers.
 */
@NullMarked
package dev.cooper.image;

import org.jspecify.annotations.NullMarked;
