/** Writes the classes that set a command's fields from its flags, when the command is compiled. */
@NullMarked
package dev.cooper.flags.processor;

import org.jspecify.annotations.NullMarked;
