package dev.cooper.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/** The host's control groups. */
public final class Cgroups {
  static final Path MOUNT = Path.of("/sys/fs/cgroup");

  private Cgroups() {}

  /** How the host's controllers are arranged. */
  public enum Version {
    /** One tree for each controller, perhaps with a tree of the second version beside them. */
    FIRST,
    /** One tree for all. */
    SECOND
  }

  /** Which one is in use. */
  public static Version version() {
    return Files.exists(MOUNT.resolve("cgroup.controllers")) ? Version.SECOND : Version.FIRST;
  }

  /** Whether swap can be limited beside memory, as far as can be told from outside a group. */
  static boolean limitsSwap() {
    return Files.exists(MOUNT.resolve("memory/memory.memsw.limit_in_bytes"));
  }
}
