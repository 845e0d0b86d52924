/**
 * What turns the files of a container into those of a machine: folders for the kernel's file
 * systems, names, the network, and something that runs as the first process.
 *
 * <p>An image with an init of its own keeps it. Where there is none, a small one is put in, which
 * lives in {@code /.cooper} with a static busybox, and touches nothing else.
 */
@NullMarked
package dev.cooper.disk.guest;

import org.jspecify.annotations.NullMarked;
