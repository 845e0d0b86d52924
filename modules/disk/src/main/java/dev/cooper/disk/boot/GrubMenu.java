package dev.cooper.disk.boot;

import java.util.UUID;

/** Writes {@code /boot/grub/grub.cfg}: boots what the root file system has now, without asking. */
public final class GrubMenu {
  private GrubMenu() {}

  /**
   * The configuration.
   *
   * @param root the root file system's UUID, for kernels with an initramfs
   * @param partition the UUID of its partition, for kernels without
   * @param commandLine what the kernel is told beside that
   * @param serial whether GRUB itself talks on the first serial port too
   */
  public static String of(
      Kernel kernel, UUID root, String partition, String commandLine, boolean serial) {
    StringBuilder out = new StringBuilder("set timeout=0\nset default=0\n");
    if (serial) {
      out.append("if serial --unit=0 --speed=115200; then\n");
      out.append("  terminal_input console serial\n  terminal_output console serial\nfi\n");
    }
    out.append("set kernel=\nset initrd=\n");
    if (kernel.versioned()) {
      out.append(newest());
    }
    for (Kernel each : kernel.alternatives()) {
      out.append("if [ -z \"$kernel\" -a -f /%s ]; then\n".formatted(each.image()));
      out.append("  set kernel=/").append(each.image()).append('\n');
      if (!each.initramfs().isEmpty()) {
        out.append(
            "  if [ -f /%s ]; then set initrd=/%s; fi\n"
                .formatted(each.initramfs(), each.initramfs()));
      }
      out.append("fi\n");
    }
    out.append(
        """
        menuentry "Linux" {
          if [ -n "$initrd" ]; then
            linux $kernel root=UUID=%s %s
            initrd $initrd
          else
            linux $kernel root=%s %s
          fi
        }
        """
            .formatted(root, commandLine, partition, commandLine));
    return out.toString();
  }

  /**
   * Of kernels that carry their version in the name, the newest: "-pgt" compares the numbers at
   * which two names begin to differ.
   */
  private static String newest() {
    return """
        set newest=
        for file in /boot/vmlinuz-*; do
          if regexp --set=1:version '^/boot/vmlinuz-(.*)$' "$file"; then
            if regexp 'rescue' "$version"; then
              true
            elif [ -z "$newest" ]; then
              set newest="$version"
            elif [ "$version" -pgt "$newest" ]; then
              set newest="$version"
            fi
          fi
        done
        if [ -n "$newest" ]; then
          set kernel="/boot/vmlinuz-$newest"
          for file in "/boot/initrd.img-$newest" "/boot/initramfs-$newest.img"; do
            if [ -f "$file" ]; then set initrd="$file"; fi
          done
        fi
        """;
  }
}
