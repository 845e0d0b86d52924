/** Carries results of builds out of the store: as files, as tar archives, as image archives. */
@NullMarked
package dev.cooper.builder.output;

import org.jspecify.annotations.NullMarked;
