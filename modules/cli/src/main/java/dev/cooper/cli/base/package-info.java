/** The commands that make base images. */
@NullMarked
package dev.cooper.cli.base;

import org.jspecify.annotations.NullMarked;
