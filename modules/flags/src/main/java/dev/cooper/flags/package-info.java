/**
 * Command lines as Docker's own (the Go library pflag) reads them. A command declares its flags as
 * annotated fields; {@link dev.cooper.flags.processor.FlagProcessor} writes the class that sets
 * them, so that nothing is read by reflection when a command starts.
 */
@NullMarked
package dev.cooper.flags;

import org.jspecify.annotations.NullMarked;
