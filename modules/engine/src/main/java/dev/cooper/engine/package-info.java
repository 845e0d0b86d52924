/**
 * Containers: what {@code docker} calls the engine.
 *
 * <p>{@link dev.cooper.engine.Containers} is the entry. A container is a folder of plain files
 * under {@code <root>/containers/<id>}; whatever a command needs to know it reads from there, so
 * that any number of commands work on the same containers and none has to stay awake.
 */
@NullMarked
package dev.cooper.engine;

import org.jspecify.annotations.NullMarked;
