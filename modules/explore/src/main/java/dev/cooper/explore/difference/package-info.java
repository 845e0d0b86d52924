/** In what two images differ: their files, their configs, their packages. */
@NullMarked
package dev.cooper.explore.difference;

import org.jspecify.annotations.NullMarked;
