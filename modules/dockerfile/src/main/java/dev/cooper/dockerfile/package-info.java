/** The Dockerfile language: text to resolved instructions. Pure, no I/O. */
@NullMarked
package dev.cooper.dockerfile;

import org.jspecify.annotations.NullMarked;
