/**
 * What makes a machine start: the boot loader, the kernel, and the small file system in memory that
 * the kernel begins with.
 *
 * <h2>Why GRUB, for BIOS and for UEFI</h2>
 *
 * A kernel is upgraded by the packages of the guest, which write to {@code /boot} on the root file
 * system and know nothing of other places. So the loader must read kernels from there: GRUB reads
 * ext4 under both kinds of firmware, follows the links {@code /vmlinuz} and {@code /initrd.img}
 * that Debian's packages keep, and one {@code /boot/grub/grub.cfg} serves both. Syslinux reads ext4
 * under BIOS only, systemd-boot only FAT: with either, the guest would go on booting the kernel
 * that was copied when the disk was made. A guest that installs GRUB's own packages takes the
 * configuration over.
 *
 * <p>GRUB's parts come from the Debian packages of the computer that writes the disk and are never
 * part of this program. Under BIOS: {@code boot.img} in the first sector, and an image made by
 * {@code grub-mkimage} in a partition of its own (GPT) or in front of the first one (MBR). Under
 * UEFI: the ready-made {@code grubx64.efi} as {@code EFI/BOOT/BOOTX64.EFI}.
 */
@NullMarked
package dev.cooper.disk.boot;

import org.jspecify.annotations.NullMarked;
