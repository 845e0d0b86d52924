package dev.cooper.runtime;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * @param confinement what keeps it from the kernel's less safe parts, unless privileged
 * @param readOnlyRoot whether {@code /} itself cannot be written
 * @param sharedMemory the size of /dev/shm in bytes; 0 for none
 * @param annotations for the runtime's hooks
 * @param gate a named pipe: the program begins once the line {@code go} was read from it, and not
 *     at all after another; null to begin at once
 */
@RecordBuilder
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
    Confinement confinement,
    boolean readOnlyRoot,
    long sharedMemory,
    List<HostDevice> devices,
    Map<String, String> sysctls,
    Map<String, String> annotations,
    @Nullable Path gate)
    implements ContainerSpecBuilder.With {
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
        Confinement.STANDARD,
        false,
        DEFAULT_SHARED_MEMORY,
        List.of(),
        Map.of(),
        Map.of(),
        null);
  }
}
