package dev.cooper.builder.run;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.linux.NetworkNamespace;
import dev.cooper.runtime.Connection;
import dev.cooper.runtime.Endpoint;
import dev.cooper.runtime.Networks;
import dev.cooper.store.Lease;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The network of a build's processes: one namespace on the default bridge, made when the first RUN
 * wants it and used by all, since making one takes longer than most commands.
 */
public final class BuildNetwork implements Closeable {
  private static final Path MAIN_STORE = Path.of("/var/lib/cooper");

  private final Store store;
  private final String id;
  private final Lease lease;
  private @Nullable Path namespace;
  private @Nullable Networks networks;
  private Locks.@Nullable Held alive;
  private String gateway = "";

  /**
   * @param id what the network knows the build by; 64 hexadecimal digits
   * @param lease gives the place where the namespace is mounted; outlives this object
   */
  public BuildNetwork(Store store, String id, Lease lease) {
    this.store = store;
    this.id = id;
    this.lease = lease;
  }

  /** The namespace, connected. */
  public synchronized Path namespace() throws IOException {
    Path made = namespace;
    if (made == null) {
      Networks all = of(store);
      disconnectDead(store, all);
      alive = store.locks().exclusive(lock(id));
      made = lease.newDirectory().resolve("network");
      NetworkNamespace.create(made);
      namespace = made;
      networks = all;
      Endpoint endpoint =
          all.connect(
              all.defaultNetwork(), Connection.of(id, id.substring(0, 12), made, List.of()));
      gateway = endpoint.gateway();
    }
    return made;
  }

  /** The host's address on the bridge. */
  synchronized String gateway() throws IOException {
    Path _ = namespace();
    return gateway;
  }

  /**
   * Takes builds off the network whose process was killed: their rules on the host, addresses and
   * namespaces. To be called before the collector removes what they left in the store. What cannot
   * be taken down is tried again next time.
   */
  public static void disconnectDead(Store store) throws IOException {
    disconnectDead(store, of(store));
  }

  private static void disconnectDead(Store store, Networks networks) throws IOException {
    Map<String, Path> builds = networks.namespacesBelow(store.root());
    for (Map.Entry<String, Path> build : builds.entrySet()) {
      // Whoever builds holds this lock, which dies with its process.
      Optional<Locks.Held> dead = store.locks().tryExclusive(lock(build.getKey()));
      if (dead.isPresent()) {
        try (Locks.Held _ = dead.get()) {
          networks.disconnect(build.getKey());
          NetworkNamespace.delete(build.getValue());
        } catch (IOException | CooperException e) {
          // Not ours to take down, or gone already.
        }
      }
    }
  }

  private static Networks of(Store store) {
    return Networks.open(store.networksDirectory(), bridge(store.root()));
  }

  private static String lock(String id) {
    return "network of build " + id;
  }

  private static String bridge(Path root) {
    return root.equals(MAIN_STORE)
        ? Networks.MAIN_BRIDGE
        : "cpr"
            + Digest.sha256(root.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
  }

  /** Takes the build off the network. */
  @Override
  public synchronized void close() throws IOException {
    Path made = namespace;
    if (made == null) {
      return;
    }
    namespace = null;
    try {
      if (networks != null) {
        networks.disconnect(id);
      }
    } finally {
      try {
        NetworkNamespace.delete(made);
      } finally {
        if (alive != null) {
          alive.close();
        }
      }
    }
  }
}
