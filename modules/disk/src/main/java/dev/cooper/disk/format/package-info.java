/**
 * The files that virtual machines keep disks in: raw, qcow2, VDI, VMDK, VHD and VHDX. All but raw
 * are a table of blocks; a block is given a place when something is first written to it, so what
 * stays zero takes no room.
 */
@NullMarked
package dev.cooper.disk.format;

import org.jspecify.annotations.NullMarked;
