/** The commands that build images, and how they show what a build does. */
@NullMarked
package dev.cooper.cli.build;

import org.jspecify.annotations.NullMarked;
