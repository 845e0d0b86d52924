/** Makers of base images. */
@NullMarked
package dev.cooper.base;

import org.jspecify.annotations.NullMarked;
