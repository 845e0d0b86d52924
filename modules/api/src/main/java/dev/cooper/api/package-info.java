/** The facade that puts the rooms together. */
@NullMarked
package dev.cooper.api;

import org.jspecify.annotations.NullMarked;
