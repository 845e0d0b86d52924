/** How results are printed: tables, sizes, ages, JSON and Go's templates. */
@NullMarked
package dev.cooper.cli.format;

import org.jspecify.annotations.NullMarked;
