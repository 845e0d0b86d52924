/**
 * Looks into disks: which partitions they have, which file systems, which files; and how two disks
 * differ. Nothing is mounted and nothing is changed.
 */
@NullMarked
package dev.cooper.disk.inspect;

import org.jspecify.annotations.NullMarked;
