package dev.cooper.runtime.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A wish to have a container on a network.
 *
 * @param containerId whose
 * @param containerName how others find it, where the network has names
 * @param namespace its network namespace, mounted there (see {@link
 *     dev.cooper.linux.NetworkNamespace})
 * @param interfaceName {@code eth0} for its first network, then {@code eth1} and so on
 * @param address the address it wants; empty for a free one
 * @param aliases further names
 * @param ports of the host that lead to it; only with its first network
 */
public record Connection(
    String containerId,
    String containerName,
    Path namespace,
    String interfaceName,
    Optional<String> address,
    List<String> aliases,
    List<PublishedPort> ports) {
  public Connection {
    aliases = List.copyOf(aliases);
    ports = List.copyOf(ports);
  }

  /** On its only network, with any address. */
  public static Connection of(
      String containerId, String containerName, Path namespace, List<PublishedPort> ports) {
    return new Connection(
        containerId, containerName, namespace, "eth0", Optional.empty(), List.of(), ports);
  }
}
