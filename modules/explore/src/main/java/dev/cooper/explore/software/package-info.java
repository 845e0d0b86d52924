/**
 * Readers of the files in which package managers and build tools note what is installed. They take
 * bytes from images, which nobody vouches for: what is damaged is left out, and nothing in a file
 * makes them loop, throw or take memory beyond its size.
 */
@NullMarked
package dev.cooper.explore.software;

import org.jspecify.annotations.NullMarked;
