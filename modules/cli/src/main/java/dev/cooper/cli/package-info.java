/** The commands. */
@NullMarked
package dev.cooper.cli;

import org.jspecify.annotations.NullMarked;
