/** Containers and networks: what docker calls the engine. */
@NullMarked
package dev.cooper.engine;

import org.jspecify.annotations.NullMarked;
