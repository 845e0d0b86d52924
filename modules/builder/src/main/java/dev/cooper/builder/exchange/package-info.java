/** Results of steps on their way between machines. */
@NullMarked
package dev.cooper.builder.exchange;

import org.jspecify.annotations.NullMarked;
