package dev.cooper.builder.run;

import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.ResourceLimit;
import dev.cooper.runtime.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What holds for the containers of all RUNs of a build.
 *
 * @param hosts further lines of /etc/hosts
 * @param limits of each process
 * @param sharedMemory the size of /dev/shm in bytes
 * @param resources what each container may use
 * @param cgroupParent the cgroup that the containers' are made in, such as {@code /cooper}
 */
public record RunSettings(
    List<Host> hosts,
    List<ResourceLimit> limits,
    long sharedMemory,
    Resources resources,
    String cgroupParent) {
  /** Docker's defaults. */
  public static final RunSettings STANDARD =
      new RunSettings(
          List.of(),
          List.of(),
          ContainerSpec.DEFAULT_SHARED_MEMORY,
          Resources.UNLIMITED,
          "/cooper");

  /** Stands for the host's address on the bridge. */
  public static final String GATEWAY = "host-gateway";

  /**
   * A name for an address.
   *
   * @param address an address, or {@link #GATEWAY}
   */
  public record Host(String name, String address) {}

  public RunSettings {
    Objects.requireNonNull(resources);
    hosts = List.copyOf(hosts);
    limits = List.copyOf(limits);
    if (!cgroupParent.startsWith("/")) {
      throw new IllegalArgumentException("cgroup parent " + cgroupParent);
    }
  }

  /** What of it a command can see, as flags with their values; empty where nothing is set. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    hosts.forEach(host -> flags.add("--add-host " + host.name() + "=" + host.address()));
    for (ResourceLimit limit : limits) {
      flags.add("--ulimit " + limit.type() + "=" + limit.soft() + ":" + limit.hard());
    }
    if (sharedMemory != ContainerSpec.DEFAULT_SHARED_MEMORY) {
      flags.add("--shm-size=" + sharedMemory);
    }
    return flags;
  }
}
