/**
 * Partition tables: GPT (UEFI specification, chapter 5) with a protective or hybrid MBR, and the
 * plain MBR.
 */
@NullMarked
package dev.cooper.disk.partition;

import org.jspecify.annotations.NullMarked;
