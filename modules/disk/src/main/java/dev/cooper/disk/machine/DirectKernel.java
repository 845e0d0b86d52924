package dev.cooper.disk.machine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel that QEMU starts at once, without firmware and boot loader.
 *
 * @param image the kernel
 * @param initramfs what it begins with; empty when it finds its root file system by itself
 * @param commandLine what it is told
 */
public record DirectKernel(Path image, Optional<Path> initramfs, String commandLine) {}
