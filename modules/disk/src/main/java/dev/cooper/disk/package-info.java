/**
 * From an image to a machine that boots: file systems, partition tables, boot loaders, disk
 * formats.
 */
@NullMarked
package dev.cooper.disk;

import org.jspecify.annotations.NullMarked;
