package dev.cooper.runtime.network;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/**
 * A port of the host that leads to one of a container.
 *
 * @param hostAddress on which of the host's addresses; empty for all
 * @param hostPort 1 to 65535
 * @param containerPort 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record PublishedPort(String hostAddress, int hostPort, int containerPort, String protocol) {
  public PublishedPort {
    if (hostPort < 1 || hostPort > 65535 || containerPort < 1 || containerPort > 65535) {
      throw new CooperException.InvalidInput(
          "invalid port mapping " + hostPort + ":" + containerPort);
    }
  }

  /** One with a port of the host that is free now, for {@code -P} and {@code -p 80}. */
  public static PublishedPort onFreePort(String hostAddress, int containerPort, String protocol)
      throws IOException {
    if (protocol.equals("udp")) {
      try (DatagramSocket socket = new DatagramSocket(address(hostAddress, 0))) {
        return new PublishedPort(hostAddress, socket.getLocalPort(), containerPort, protocol);
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address(hostAddress, 0));
      return new PublishedPort(hostAddress, socket.getLocalPort(), containerPort, protocol);
    }
  }

  /** Whether nothing on the host listens on it. */
  boolean isFree() {
    try {
      if (protocol.equals("udp")) {
        new DatagramSocket(address(hostAddress, hostPort)).close();
      } else if (protocol.equals("tcp")) {
        try (ServerSocket socket = new ServerSocket()) {
          socket.setReuseAddress(true);
          socket.bind(address(hostAddress, hostPort));
        }
      }
      return true;
    } catch (SocketException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether both cannot be published at once. */
  boolean clashes(PublishedPort other) {
    return hostPort == other.hostPort
        && protocol.equals(other.protocol)
        && (isAny() || other.isAny() || hostAddress.equals(other.hostAddress));
  }

  private boolean isAny() {
    return hostAddress.isEmpty() || hostAddress.equals("0.0.0.0");
  }

  private static InetSocketAddress address(String host, int port) {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    String host = hostAddress.isEmpty() ? "0.0.0.0" : hostAddress;
    return host + ":" + hostPort + "->" + containerPort + "/" + protocol;
  }
}
