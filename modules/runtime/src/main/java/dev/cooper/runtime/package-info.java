/**
 * Given a root directory and a config, runs it. The parts are usable alone; together they make a
 * container's life:
 *
 * <ol>
 *   <li>{@link dev.cooper.runtime.OverlayMount} makes a root of layers, with {@link
 *       dev.cooper.runtime.MountPoints} below them; {@link dev.cooper.runtime.ContainerFiles} are
 *       its /etc/hosts and the like; {@link dev.cooper.runtime.UserLookup} finds who it runs as.
 *   <li>{@link dev.cooper.runtime.ContainerSpec} says what it is, and {@link
 *       dev.cooper.runtime.Bundle} writes that down for an OCI runtime.
 *   <li>{@link dev.cooper.runtime.OciRuntime#run} runs a bundle in the foreground, or {@link
 *       dev.cooper.runtime.Conmon} creates it under a {@link dev.cooper.runtime.Monitor} that stays
 *       when this process has gone. Meanwhile {@link dev.cooper.runtime.network.Networks} may
 *       connect it.
 *   <li>{@link dev.cooper.runtime.Monitor#attach} joins its input and output, {@link
 *       dev.cooper.runtime.OciRuntime#start} lets it begin, {@link
 *       dev.cooper.runtime.Monitor#await()} tells how it ended.
 *   <li>{@link dev.cooper.runtime.OciRuntime#delete}, {@link
 *       dev.cooper.runtime.network.Networks#disconnect(String)} and {@link
 *       dev.cooper.runtime.OverlayMount#unmount} leave nothing of it but its changes and its log.
 * </ol>
 *
 * <p>What fails in the kernel is an {@link java.io.IOException}; what a user can understand is a
 * {@link dev.cooper.image.CooperException}, of which {@link dev.cooper.runtime.RuntimeFailure} says
 * why a program did not start, in Docker's words and with Docker's exit code.
 */
@NullMarked
package dev.cooper.runtime;

import org.jspecify.annotations.NullMarked;
