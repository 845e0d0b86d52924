/**
 * A writer of FAT12, FAT16 and FAT32 file systems, for the partition that firmware reads. The
 * format is that of "Microsoft FAT Specification", 2005, long names included.
 */
@NullMarked
package dev.cooper.disk.fat;

import org.jspecify.annotations.NullMarked;
