package dev.cooper.disk.boot;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.disk.Progress;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel that a disk boots: paths on its root file system.
 *
 * @param image path of the kernel, without a leading slash
 * @param initramfs path of what it begins with; empty when it finds its root file system by itself
 * @param versioned whether the name changes with an upgrade, and no link of a constant name leads
 *     to it
 */
public record Kernel(String image, String initramfs, boolean versioned) {
  private static final String HINT =
      "--kernel debian puts Debian's cloud kernel in; or install one in the Dockerfile"
          + " (Debian: linux-image-amd64, Alpine: linux-virt)";

  /** Names that packages keep up to date, and what belongs to each. */
  private static final List<Kernel> CONSTANT =
      List.of(
          new Kernel("vmlinuz", "initrd.img", false),
          new Kernel("boot/vmlinuz", "boot/initrd.img", false),
          new Kernel("boot/vmlinuz-virt", "boot/initramfs-virt", false),
          new Kernel("boot/vmlinuz-lts", "boot/initramfs-lts", false),
          new Kernel("boot/vmlinuz-linux", "boot/initramfs-linux.img", false));

  /**
   * Finds the kernel in the tree, or puts one there.
   *
   * @param cache a folder for what is downloaded and made
   * @throws CooperException.NotFound when there is none, or the file is not there
   */
  public static Kernel install(DiskTree tree, KernelChoice choice, Path cache, Progress progress)
      throws IOException {
    return switch (choice) {
      case KernelChoice.OfImage image -> ofImage(tree);
      case KernelChoice.OfDebian debian -> {
        DebianKernel kernel = DebianKernel.in(cache, progress);
        yield put(tree, kernel.version(), kernel.image(), kernel.initramfs());
      }
      case KernelChoice.OfFile(Path file) -> ofFile(tree, file);
    };
  }

  /** What GRUB tries in turn, this kernel first. */
  List<Kernel> alternatives() {
    List<Kernel> all = new ArrayList<>();
    all.add(this);
    CONSTANT.stream().filter(kernel -> !kernel.image.equals(image)).forEach(all::add);
    return all;
  }

  private static Kernel ofImage(DiskTree tree) {
    for (Kernel kernel : CONSTANT) {
      if (tree.hasFile(kernel.image)) {
        return tree.hasFile(kernel.initramfs) ? kernel : new Kernel(kernel.image, "", false);
      }
    }
    String newest = "";
    if (tree.resolve("boot") instanceof Node.Directory boot) {
      for (byte[] bytes : boot.entries().keySet()) {
        String name = PathBytes.decode(bytes);
        if (name.startsWith("vmlinuz-") && !name.contains("rescue")) {
          String version = name.substring("vmlinuz-".length());
          newest = KernelVersion.isNewer(version, newest) ? version : newest;
        }
      }
    }
    if (newest.isEmpty()) {
      throw new CooperException.NotFound("the image has no kernel", HINT);
    }
    for (String initramfs :
        List.of(
            "boot/initrd.img-" + newest,
            "boot/initramfs-" + newest + ".img",
            "boot/initramfs-" + newest)) {
      if (tree.hasFile(initramfs)) {
        return new Kernel("boot/vmlinuz-" + newest, initramfs, true);
      }
    }
    return new Kernel("boot/vmlinuz-" + newest, "", true);
  }

  private static Kernel put(DiskTree tree, String version, Path image, Path initramfs)
      throws IOException {
    tree.putCopy("boot/vmlinuz-" + version, 0644, image);
    tree.putLink("boot/vmlinuz", "vmlinuz-" + version);
    tree.putCopy("boot/initrd.img-" + version, 0644, initramfs);
    tree.putLink("boot/initrd.img", "initrd.img-" + version);
    return new Kernel("boot/vmlinuz", "boot/initrd.img", false);
  }

  private static Kernel ofFile(DiskTree tree, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CooperException.NotFound(
          file + ": no such kernel", "name a kernel's file, or say \"debian\"");
    }
    tree.putCopy("boot/vmlinuz", 0644, file);
    return new Kernel("boot/vmlinuz", "", false);
  }
}
