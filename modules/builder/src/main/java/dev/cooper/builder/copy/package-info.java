/**
 * COPY and ADD: what is selected, whether it changed, where it lands, and the layer that comes of
 * it. No mount, no root: files stream straight from their source into a layer.
 */
@NullMarked
package dev.cooper.builder.copy;

import org.jspecify.annotations.NullMarked;
