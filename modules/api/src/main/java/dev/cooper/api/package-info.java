/**
 * The facade that puts the rooms together, and all that the doors (the command line, the server)
 * know: {@code Cooper.open(root)}, and then what is wanted, in a sentence.
 */
@NullMarked
package dev.cooper.api;

import org.jspecify.annotations.NullMarked;
