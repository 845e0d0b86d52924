package dev.cooper.api;

import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerState;
import dev.cooper.engine.NetworkAddress;
import dev.cooper.engine.PortBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of a container's document that Docker calls NetworkSettings. */
final class NetworkDocument {
  private NetworkDocument() {}

  static Map<String, Object> of(Container container, ContainerState state) {
    NetworkAddress first = state.network().isEmpty() ? null : state.network().getFirst();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Bridge", "");
    document.put("HairpinMode", false);
    document.put("Ports", ports(container, state));
    document.put("SecondaryIPAddresses", null);
    document.put("Gateway", first == null ? "" : first.gateway());
    document.put("GlobalIPv6Address", "");
    document.put("GlobalIPv6PrefixLen", 0);
    document.put("IPAddress", first == null ? "" : first.address());
    document.put("IPPrefixLen", first == null ? 0 : first.prefixLength());
    document.put("IPv6Gateway", "");
    document.put("MacAddress", first == null ? "" : first.mac());
    Map<String, Object> networks = new TreeMap<>();
    networks.put(container.network().mode(), network(first));
    document.put("Networks", networks);
    return document;
  }

  private static Map<String, Object> network(
      @org.jspecify.annotations.Nullable NetworkAddress address) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("IPAMConfig", null);
    document.put("Links", null);
    document.put("Aliases", null);
    document.put("NetworkID", address == null ? "" : address.networkId());
    document.put("Gateway", address == null ? "" : address.gateway());
    document.put("IPAddress", address == null ? "" : address.address());
    document.put("IPPrefixLen", address == null ? 0 : address.prefixLength());
    document.put("IPv6Gateway", "");
    document.put("GlobalIPv6Address", "");
    document.put("GlobalIPv6PrefixLen", 0);
    document.put("MacAddress", address == null ? "" : address.mac());
    document.put("DriverOpts", null);
    return document;
  }

  /** While it runs, every exposed port, null where it is not published. */
  private static Map<String, Object> ports(Container container, ContainerState state) {
    if (!state.running()) {
      return Map.of();
    }
    Map<String, Object> ports = new TreeMap<>();
    for (String exposed : container.exposed()) {
      ports.put(exposed, null);
    }
    List<PortBinding> published =
        state.ports().stream()
            .map(
                port ->
                    new PortBinding(
                        port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress(),
                        port.hostPort(),
                        port.containerPort(),
                        port.protocol()))
            .toList();
    ports.putAll(HostDocument.ports(published));
    return ports;
  }
}
