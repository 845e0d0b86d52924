/**
 * The explorer of an image's layers on a terminal: what is chosen and open, the lines of a screen,
 * and the keys.
 */
@NullMarked
package dev.cooper.explore.terminal;

import org.jspecify.annotations.NullMarked;
