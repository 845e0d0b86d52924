package dev.cooper.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every container has mounted, and what of it is hidden, as Docker does it. */
final class DefaultMounts {
  /** Hidden, since they tell of the host or let a container harm it. */
  static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private DefaultMounts() {}

  /** All mounts of a container, in the order in which they must be made. */
  static List<ContainerMount> of(ContainerSpec spec) {
    Map<String, ContainerMount> mounts = new LinkedHashMap<>();
    String access = spec.privileged() ? "rw" : "ro";
    add(mounts, "/proc", "proc", "proc", "nosuid", "noexec", "nodev");
    add(mounts, "/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
    add(
        mounts,
        "/dev/pts",
        "devpts",
        "devpts",
        "nosuid",
        "noexec",
        "newinstance",
        "ptmxmode=0666",
        "mode=0620",
        "gid=5");
    add(mounts, "/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", access);
    add(mounts, "/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", access);
    add(mounts, "/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
    if (spec.namespaces().ipc() instanceof Namespace.Host) {
      add(mounts, "/dev/shm", "bind", "/dev/shm", "rbind", "rprivate", "rw");
    } else if (spec.sharedMemory() > 0) {
      String size = "size=" + spec.sharedMemory();
      add(mounts, "/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", size);
    }
    // The later of two at one place is the one meant, as a user's own /etc/hosts.
    Map<String, ContainerMount> asked = new LinkedHashMap<>();
    for (ContainerMount mount : spec.mounts()) {
      mounts.remove(mount.target());
      asked.put(mount.target(), mount);
    }
    List<ContainerMount> ordered = new ArrayList<>(mounts.values());
    // A mount must come before those inside it; among equals the order given is kept.
    asked.values().stream()
        .sorted((a, b) -> Integer.compare(depth(a.target()), depth(b.target())))
        .forEach(ordered::add);
    return ordered;
  }

  private static int depth(String target) {
    int depth = 0;
    for (String component : target.split("/", -1)) {
      depth += component.isEmpty() ? 0 : 1;
    }
    return depth;
  }

  private static void add(
      Map<String, ContainerMount> mounts,
      String target,
      String type,
      String source,
      String... options) {
    mounts.put(target, new ContainerMount(target, type, source, List.of(options)));
  }
}
