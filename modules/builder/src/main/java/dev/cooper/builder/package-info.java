/** Build plan, context and its stat index, cache, the executors of the steps, outputs. */
@NullMarked
package dev.cooper.builder;

import org.jspecify.annotations.NullMarked;
