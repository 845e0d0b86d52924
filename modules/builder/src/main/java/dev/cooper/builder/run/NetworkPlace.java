package dev.cooper.builder.run;

import dev.cooper.linux.NetworkNamespace;
import dev.cooper.runtime.network.Connection;
import dev.cooper.runtime.network.Endpoint;
import dev.cooper.runtime.network.Networks;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A network namespace on the default bridge. While this process lives it holds a lock that says so,
 * by which others know that a place is still in use.
 */
final class NetworkPlace implements Closeable {
  private final Networks networks;
  private final String id;
  private final Path namespace;
  private final Locks.Held alive;

  private NetworkPlace(Networks networks, String id, Path namespace, Locks.Held alive) {
    this.networks = networks;
    this.id = id;
    this.namespace = namespace;
    this.alive = alive;
  }

  /**
   * Makes one, which is on no network yet; after a failure nothing is left of it.
   *
   * @param namespace where it is mounted
   */
  static NetworkPlace make(Store store, Networks networks, Path namespace) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    Locks.Held alive = store.locks().exclusive(lockOf(id));
    try {
      NetworkNamespace.create(namespace);
      return new NetworkPlace(networks, id, namespace, alive);
    } catch (IOException | RuntimeException e) {
      try (alive) {
        NetworkNamespace.delete(namespace);
      }
      throw e;
    }
  }

  /** What a place's process holds as long as it lives. */
  static String lockOf(String id) {
    return "network of build " + id;
  }

  /** Puts it on the default network, and returns the host's address there. */
  String connect() throws IOException {
    Connection connection = Connection.of(id, id.substring(0, 12), namespace, List.of());
    Endpoint endpoint = networks.connect(networks.defaultNetwork(), connection);
    return endpoint.gateway();
  }

  Path namespace() {
    return namespace;
  }

  @Override
  public void close() throws IOException {
    try (alive) {
      try {
        networks.disconnect(id);
      } finally {
        NetworkNamespace.delete(namespace);
      }
    }
  }
}
