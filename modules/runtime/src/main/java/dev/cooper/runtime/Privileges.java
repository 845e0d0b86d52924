package dev.cooper.runtime;

import dev.cooper.image.CooperException;

/** What this process may do. */
public final class Privileges {
  private Privileges() {}

  /** Whether this process is root's. The JVM asked the kernel already: this costs nothing. */
  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * Ends with one clear line, before anything is made, when this process is not root's. Mounts,
   * network namespaces and cgroups need it.
   *
   * @param what needs it, such as {@code running containers}
   */
  public static void requireRoot(String what) {
    if (!isRoot()) {
      throw new CooperException.Failed(
          what + " needs root",
          "sudo cooper …, which has images of its own unless --root names these; what runs no process"
              + " works without",
          null);
    }
  }
}
