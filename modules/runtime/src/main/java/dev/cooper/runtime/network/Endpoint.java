package dev.cooper.runtime.network;

import java.util.List;

/**
 * A container's place on a network.
 *
 * @param network the network's name
 * @param networkId the network's id
 * @param interfaceName in the container, such as {@code eth0}
 * @param address its IPv4 address
 * @param prefixLength of the network's subnet
 * @param gateway the way out; empty on an internal network
 * @param macAddress of its interface
 * @param nameServers those of the network itself; empty where it has none
 */
public record Endpoint(
    String network,
    String networkId,
    String interfaceName,
    String address,
    int prefixLength,
    String gateway,
    String macAddress,
    List<String> nameServers) {
  public Endpoint {
    nameServers = List.copyOf(nameServers);
  }
}
