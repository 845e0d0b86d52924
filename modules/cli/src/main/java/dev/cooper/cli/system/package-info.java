/** The commands about everything that is kept. */
@NullMarked
package dev.cooper.cli.system;

import org.jspecify.annotations.NullMarked;
