/**
 * A writer of ext4 and ext3 file systems straight from a tree of files.
 *
 * <p>The layout is computed first and costs no I/O: inodes are numbered, directories packed, the
 * groups' tables given their places. Then the files' bytes go out once, one file after the other in
 * the order in which the layers hold them, each as contiguous as the groups' tables allow; what the
 * files' extents turned out to be is kept in memory, and the tables follow at the end. Nothing is
 * ever read back, and what is zero is never written.
 *
 * <p>The format is the one described in the Linux kernel's documentation, "ext4 Data Structures and
 * Algorithms" (Documentation/filesystems/ext4).
 */
@NullMarked
package dev.cooper.disk.ext4;

import org.jspecify.annotations.NullMarked;
