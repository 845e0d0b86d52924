package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.linux.NetworkNamespace;
import dev.cooper.runtime.Namespace;
import dev.cooper.runtime.network.Connection;
import dev.cooper.runtime.network.Endpoint;
import dev.cooper.runtime.network.Network;
import dev.cooper.runtime.network.Networks;
import dev.cooper.runtime.network.PublishedPort;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Containers and their networks. */
final class Connections {
  private static final Path MAIN_STORE = Path.of("/var/lib/cooper");

  private final Store store;
  private final Machinery machinery;
  private final Neighbours neighbours;
  private @Nullable Networks networks;

  Connections(Store store, Machinery machinery, Neighbours neighbours) {
    this.neighbours = neighbours;
    this.store = store;
    this.machinery = machinery;
  }

  private Path namespaces() {
    return machinery.transientDirectory().resolve("netns");
  }

  private synchronized Networks networks() {
    if (networks == null) {
      String bridge =
          store.root().equals(MAIN_STORE)
              ? Networks.MAIN_BRIDGE
              : "cpr-"
                  + String.valueOf(machinery.transientDirectory().getFileName()).substring(0, 8);
      networks = Networks.open(store.networksDirectory(), bridge);
    }
    return networks;
  }

  /**
   * A container's place in the network.
   *
   * @param addresses that it got
   * @param ports published, with the ports of the host that were chosen
   */
  record Connected(List<NetworkAddress> addresses, List<PortBinding> ports) {
    static final Connected NOWHERE = new Connected(List.of(), List.of());
  }

  /** Makes the namespace that the container will run in. */
  Namespace namespace(Container container) throws IOException {
    String other = container.network().otherContainer();
    if (other != null) {
      return neighbours.namespace(other, "net", "network");
    }
    return switch (container.network().mode()) {
      case "none" -> Namespace.OWN;
      case "host" -> Namespace.HOST;
      default -> {
        Path path = namespaces().resolve(container.id());
        Files.createDirectories(namespaces());
        NetworkNamespace.create(path);
        yield new Namespace.Joined(path);
      }
    };
  }

  /** Connects the namespace made before; may run beside the container's creation. */
  Connected connect(Container container) throws IOException {
    Path namespace = namespaces().resolve(container.id());
    if (isUnconnected(container)) {
      return Connected.NOWHERE;
    }
    Network network = networks().require(container.network().mode());
    List<PublishedPort> ports = published(container);
    Endpoint endpoint =
        networks()
            .connect(
                network,
                new Connection(
                    container.id(),
                    container.name(),
                    namespace,
                    "eth0",
                    Optional.of(container.network().address()).filter(ip -> !ip.isEmpty()),
                    container.network().aliases(),
                    ports));
    List<PortBinding> bindings = new ArrayList<>();
    for (PublishedPort port : ports) {
      bindings.add(
          new PortBinding(
              port.hostAddress(), port.hostPort(), port.containerPort(), port.protocol()));
    }
    return new Connected(
        List.of(
            new NetworkAddress(
                endpoint.network(),
                endpoint.networkId(),
                endpoint.address(),
                endpoint.prefixLength(),
                endpoint.gateway(),
                endpoint.macAddress())),
        bindings);
  }

  /**
   * Looks at the network's name before anything is made.
   *
   * @throws dev.cooper.image.CooperException.NotFound {@code network x not found}
   */
  void check(Networking network) throws IOException {
    if (network.isConnected() && !network.mode().equals(Network.DEFAULT)) {
      Network wanted = networks().require(network.mode());
      if (!network.address().isEmpty() && !wanted.subnet().contains(network.address())) {
        throw new CooperException.InvalidInput(
            "invalid endpoint settings: no configured subnet contains IP address "
                + network.address(),
            "the network has " + wanted.subnet());
      }
      return;
    }
    // Another container's network has its address already; Docker lets this one pass.
    if (!network.address().isEmpty() && network.otherContainer() == null) {
      throw new CooperException.InvalidInput(
          "user specified IP address is supported on user defined networks only",
          "make one: cooper network create --subnet 10.50.0.0/24 NAME");
    }
    if (!network.aliases().isEmpty()) {
      throw new CooperException.InvalidInput(
          "network-scoped aliases are only supported for user-defined networks",
          "make one: cooper network create NAME");
    }
  }

  private static boolean isUnconnected(Container container) {
    return !container.network().isConnected();
  }

  private static List<PublishedPort> published(Container container) throws IOException {
    List<PublishedPort> ports = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    for (PortBinding port : container.network().ports()) {
      done.add(port.exposed());
      ports.add(publish(port));
    }
    if (container.network().publishAll()) {
      for (String exposed : container.exposed()) {
        if (done.add(exposed)) {
          for (PortBinding port : PortBinding.parse(exposed)) {
            ports.add(publish(port));
          }
        }
      }
    }
    return ports;
  }

  private static PublishedPort publish(PortBinding port) throws IOException {
    return port.hostPort() == 0
        ? PublishedPort.onFreePort(port.hostAddress(), port.containerPort(), port.protocol())
        : new PublishedPort(
            port.hostAddress(), port.hostPort(), port.containerPort(), port.protocol());
  }

  /** Gives back what {@link #connect} and {@link #namespace} took; again: does nothing. */
  void disconnect(Container container) throws IOException {
    if (isUnconnected(container)) {
      return;
    }
    Path path = namespaces().resolve(container.id());
    @Nullable IOException failure = null;
    try {
      networks().disconnect(container.id());
    } catch (IOException e) {
      failure = e;
    }
    NetworkNamespace.delete(path);
    if (failure != null) {
      throw failure;
    }
  }
}
