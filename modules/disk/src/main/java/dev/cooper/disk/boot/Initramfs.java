package dev.cooper.disk.boot;

import java.util.List;

/**
 * The small file system in memory that a kernel begins with when it has no drivers for the disk
 * built in: loads modules, finds the root file system, and hands over to it.
 */
final class Initramfs {
  private static final String INIT =
      """
      #!/bin/busybox sh
      /bin/busybox --install -s /bin
      export PATH=/bin
      mount -t proc proc /proc
      mount -t sysfs sysfs /sys
      mount -t devtmpfs devtmpfs /dev
      root= flags= mode=ro type= init=/sbin/init
      for word in $(cat /proc/cmdline); do
        case $word in
          root=*) root=${word#root=} ;;
          rootflags=*) flags=,${word#rootflags=} ;;
          rootfstype=*) type="-t ${word#rootfstype=}" ;;
          init=*) init=${word#init=} ;;
          rw) mode=rw ;;
        esac
      done
      for module in /modules/*.ko; do
        insmod "$module" 2>/dev/null
      done
      tries=0
      while :; do
        device=$root
        case $root in
          UUID=*|LABEL=*) device=$(findfs "$root" 2>/dev/null) ;;
        esac
        [ -b "$device" ] && mount $type -o "$mode$flags" "$device" /root && break
        tries=$((tries + 1))
        if [ $tries -eq 100 ]; then
          echo "The root file system $root does not come up. Disks that are there:"
          cat /proc/partitions
          exec sh
        fi
        sleep 0.1
      done
      for folder in dev proc sys; do
        mount -o move "/$folder" "/root/$folder" || umount -l "/$folder"
      done
      exec switch_root /root "$init"
      """;

  private Initramfs() {}

  /** The program that it runs, for those who keep archives. */
  static String recipe() {
    return INIT;
  }

  /** The archive; the same bytes for the same modules and the same busybox. */
  static byte[] of(List<KernelModule> modules, byte[] busybox) {
    CpioWriter cpio = new CpioWriter();
    for (String folder : List.of("bin", "dev", "proc", "sys", "root", "modules")) {
      cpio.directory(folder);
    }
    // The kernel opens it for the first process before anything is mounted.
    cpio.characterDevice("dev/console", 0600, 5, 1);
    cpio.file("init", 0755, INIT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    cpio.file("bin/busybox", 0755, busybox);
    int number = 100;
    for (KernelModule module : modules) {
      cpio.file("modules/" + number++ + "-" + module.name() + ".ko", 0644, module.bytes());
    }
    return cpio.finish();
  }
}
