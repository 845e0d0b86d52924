package dev.cooper.disk.boot;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
      loaded=" "
      load() {
        for module; do
          case $loaded in
            *" $module "*) ;;
            *) loaded="$loaded$module "; insmod "/modules/$module.ko" 2>/dev/null ;;
          esac
        done
      }
      . /modules/drivers
      # Drivers of buses bring new devices to light.
      scan() {
        before=
        while [ "$before" != "$loaded" ]; do
          before=$loaded
          for file in /sys/bus/*/devices/*/modalias; do
            [ -e "$file" ] && read -r alias < "$file" && drive "$alias"
          done
        done
      }
      scan
      tries=0
      while :; do
        device=$root
        case $root in
          UUID=*|LABEL=*) device=$(findfs "$root" 2>/dev/null) ;;
        esac
        [ -b "$device" ] && mount $type -o "$mode$flags" "$device" /root && break
        scan
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

  /** Tells archives made by other versions of this class from those of this one. */
  static final String RECIPE = "2" + INIT;

  private Initramfs() {}

  /** The archive; the same bytes for the same modules and the same busybox. */
  static byte[] of(List<KernelModule> modules, byte[] busybox) {
    CpioWriter cpio = new CpioWriter();
    for (String folder : List.of("bin", "dev", "proc", "sys", "root", "modules")) {
      cpio.directory(folder);
    }
    // The kernel opens it for the first process before anything is mounted.
    cpio.characterDevice("dev/console", 0600, 5, 1);
    cpio.file("init", 0755, INIT.getBytes(StandardCharsets.UTF_8));
    cpio.file("bin/busybox", 0755, busybox);
    for (KernelModule module : modules) {
      cpio.file("modules/" + module.name() + ".ko", 0644, module.bytes());
    }
    cpio.file("modules/drivers", 0644, drivers(modules).getBytes(StandardCharsets.UTF_8));
    return cpio.finish();
  }

  /** Shell that loads what drives a device, and at once what drives none but is always of use. */
  private static String drivers(List<KernelModule> modules) {
    Map<String, KernelModule> byName = new HashMap<>();
    modules.forEach(module -> byName.put(module.name(), module));
    StringBuilder always = new StringBuilder();
    StringBuilder drive = new StringBuilder("drive() {\n");
    for (KernelModule module : modules) {
      Set<String> chain = new LinkedHashSet<>();
      addChain(module, byName, chain);
      if (ModuleSet.ALWAYS.contains(module.name())) {
        always.append("load ").append(String.join(" ", chain)).append('\n');
      } else if (!module.aliases().isEmpty()) {
        drive.append("case $1 in ").append(String.join("|", module.aliases()));
        drive.append(") load ").append(String.join(" ", chain)).append(" ;; esac\n");
      }
    }
    return drive.append("}\n").append(always).toString();
  }

  private static void addChain(
      KernelModule module, Map<String, KernelModule> byName, Set<String> chain) {
    for (String need : module.needs()) {
      KernelModule needed = byName.get(need);
      if (needed != null) {
        addChain(needed, byName, chain);
      }
    }
    chain.add(module.name());
  }
}
