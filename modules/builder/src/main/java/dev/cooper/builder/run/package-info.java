/** RUN: a container upon an image's unpacked layers, and the layer of what it changed. */
@NullMarked
package dev.cooper.builder.run;

import org.jspecify.annotations.NullMarked;
