package dev.cooper.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container as {@link Bundle} writes it down for an OCI runtime. What is not said here is as
 * Docker does it: mounts, devices, masked paths.
 *
 * @param id unique among the runtime's containers; letters, digits, {@code _+-.}
 * @param root the directory it takes for {@code /}, on the host
 * @param process what runs in it first
 * @param hostname empty if it shares the host's
 * @param mounts beyond the usual ones, which one at the same target replaces
 * @param cgroup the path of its cgroup, such as {@code /cooper/ID}
 * @param privileged all devices, nothing masked, cgroups writable; capabilities are the process's
 * @param readOnlyRoot whether {@code /} itself cannot be written
 * @param sharedMemory the size of /dev/shm in bytes
 * @param annotations for the runtime's hooks
 */
public record ContainerSpec(
    String id,
    Path root,
    ContainerProcess process,
    String hostname,
    List<ContainerMount> mounts,
    Namespaces namespaces,
    Resources resources,
    String cgroup,
    boolean privileged,
    boolean readOnlyRoot,
    long sharedMemory,
    List<HostDevice> devices,
    Map<String, String> sysctls,
    Map<String, String> annotations) {
  /** Docker's 64 MiB. */
  public static final long DEFAULT_SHARED_MEMORY = 64L << 20;

  public ContainerSpec {
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
    sysctls = Map.copyOf(new TreeMap<>(sysctls));
    annotations = Map.copyOf(new TreeMap<>(annotations));
    if (!isId(id)) {
      throw new IllegalArgumentException("container id " + id);
    }
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("container root " + root + " is not absolute");
    }
  }

  private static boolean isId(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && (i == 0 || "_+-.".indexOf(c) < 0)) {
        return false;
      }
    }
    return !id.isEmpty();
  }

  /** {@code process} in {@code root}, with namespaces of its own, no network and no limits. */
  public static ContainerSpec of(String id, Path root, ContainerProcess process) {
    return new ContainerSpec(
        id,
        root,
        process,
        id.length() > 12 ? id.substring(0, 12) : id,
        List.of(),
        Namespaces.own(),
        Resources.UNLIMITED,
        "/cooper/" + id,
        false,
        false,
        DEFAULT_SHARED_MEMORY,
        List.of(),
        Map.of(),
        Map.of());
  }

  public ContainerSpec withHostname(String changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        changed,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withMounts(List<ContainerMount> changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        changed,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withNamespaces(Namespaces changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        changed,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withResources(Resources changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        changed,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withCgroup(String changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        changed,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withPrivileged(boolean changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        changed,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withReadOnlyRoot(boolean changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        changed,
        sharedMemory,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withSharedMemory(long bytes) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        bytes,
        devices,
        sysctls,
        annotations);
  }

  public ContainerSpec withDevices(List<HostDevice> changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        changed,
        sysctls,
        annotations);
  }

  public ContainerSpec withSysctls(Map<String, String> changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        changed,
        annotations);
  }

  public ContainerSpec withAnnotations(Map<String, String> changed) {
    return new ContainerSpec(
        id,
        root,
        process,
        hostname,
        mounts,
        namespaces,
        resources,
        cgroup,
        privileged,
        readOnlyRoot,
        sharedMemory,
        devices,
        sysctls,
        changed);
  }
}
