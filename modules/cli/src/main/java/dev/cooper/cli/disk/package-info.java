/** The commands that make disks and boot them. */
@NullMarked
package dev.cooper.cli.disk;

import org.jspecify.annotations.NullMarked;
