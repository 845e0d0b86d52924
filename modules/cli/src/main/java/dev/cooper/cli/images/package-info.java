/** The commands that list, inspect, name and remove images. */
@NullMarked
package dev.cooper.cli.images;

import org.jspecify.annotations.NullMarked;
