/** The commands that make, run and look at containers. */
@NullMarked
package dev.cooper.cli.containers;

import org.jspecify.annotations.NullMarked;
