/**
 * What one pass over a layer's files learns of them, and the cache that keeps it by the layer's
 * digest.
 */
@NullMarked
package dev.cooper.explore.fact;

import org.jspecify.annotations.NullMarked;
