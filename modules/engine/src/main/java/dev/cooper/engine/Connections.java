package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.runtime.Namespace;
import java.io.IOException;
import java.util.List;

/** Containers and their networks. */
final class Connections {
  /**
   * A container's place in the network.
   *
   * @param namespace in which it runs
   * @param addresses that it got
   */
  record Connected(Namespace namespace, List<NetworkAddress> addresses) {}

  Connected connect(Container container) throws IOException {
    return switch (container.network().mode()) {
      case "none" -> new Connected(Namespace.OWN, List.of());
      case "host" -> new Connected(Namespace.HOST, List.of());
      default ->
          throw new CooperException.NotFound(
              "network " + container.network().mode() + " not found");
    };
  }

  /** Gives back what {@link #connect} took; does nothing the second time. */
  void disconnect(Container container) throws IOException {}
}
