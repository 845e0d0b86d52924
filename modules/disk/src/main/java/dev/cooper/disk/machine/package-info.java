/** Boots a disk in QEMU, with the machine's serial port as this terminal. */
@NullMarked
package dev.cooper.disk.machine;

import org.jspecify.annotations.NullMarked;
