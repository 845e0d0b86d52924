/** The commands that look inside an image. */
@NullMarked
package dev.cooper.cli.explore;

import org.jspecify.annotations.NullMarked;
