package dev.cooper.disk.boot;

import java.nio.file.Path;

/** Where a disk's kernel comes from. */
public sealed interface KernelChoice {
  /** The one that the image brings. */
  record OfImage() implements KernelChoice {}

  /** A file of this computer, such as {@code /boot/vmlinuz-6.1.0-56-amd64}. */
  record OfFile(Path file) implements KernelChoice {}

  /** Debian's cloud kernel, out of its package. */
  record OfDebian() implements KernelChoice {}

  /** What a user writes: nothing for the image's own, {@code debian}, or a file. */
  static KernelChoice parse(String text) {
    return switch (text) {
      case "" -> new OfImage();
      case "debian" -> new OfDebian();
      default -> new OfFile(Path.of(text));
    };
  }
}
