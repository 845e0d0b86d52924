package dev.cooper.builder.run;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.linux.NetworkNamespace;
import dev.cooper.runtime.network.Networks;
import dev.cooper.store.Lease;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The network of a build's processes: one place on the default bridge, used by all of them, since
 * making one takes longer than most commands. For that reason it is made beside the steps before
 * the first RUN, and taken down beside what follows the last.
 */
public final class BuildNetwork implements Closeable {
  private static final Path MAIN_STORE = Path.of("/var/lib/cooper");

  private final Store store;
  private final Lease lease;
  private final List<FutureTask<Void>> endings = new ArrayList<>();
  private @Nullable Making making;
  private int outstanding;
  private int users;

  /**
   * @param lease gives the place where the namespace is mounted; outlives this object
   */
  public BuildNetwork(Store store, Lease lease) {
    this.store = store;
    this.lease = lease;
  }

  /**
   * Says how many commands there are that may want the network. Once {@link #done} was called as
   * often, it is taken down; whoever wants it nevertheless gets another.
   */
  public synchronized void announce(int commands) {
    outstanding += commands;
  }

  /**
   * Begins making the network, since a command is going to want it. Returns at once; what fails is
   * told by {@link Use#gateway}. Again: does nothing.
   */
  public synchronized void expect() {
    Making unused = making();
  }

  private Making making() {
    Making begun = making;
    if (begun == null) {
      FutureTask<NetworkPlace> place = new FutureTask<>(this::make);
      begun = new Making(place, new FutureTask<>(() -> result(place).connect()));
      making = begun;
      Thread.ofPlatform().name("build network").start(begun);
    }
    return begun;
  }

  private NetworkPlace make() throws IOException {
    Networks networks = of(store);
    disconnectDead(store, networks);
    return NetworkPlace.make(store, networks, lease.newDirectory().resolve("network"));
  }

  /** A namespace, and the gateway that it has once it is connected. */
  private record Making(FutureTask<NetworkPlace> place, FutureTask<String> gateway)
      implements Runnable {
    @Override
    public void run() {
      place.run();
      gateway.run();
    }
  }

  /** Begins to use it; while somebody does, it is not taken down. The caller closes the use. */
  synchronized Use use() {
    users++;
    return new Use(making());
  }

  /** The network as one command has it, from before it begins until after it has ended. */
  final class Use implements Closeable {
    private final Making making;
    private boolean over;

    private Use(Making making) {
      this.making = making;
    }

    /** The namespace, which may not be connected yet. */
    Path namespace() throws IOException, InterruptedException {
      return result(making.place()).namespace();
    }

    /** Whether it is known to be connected, or to have failed. */
    boolean isReady() {
      return making.gateway().isDone();
    }

    /** The host's address on the bridge; waits until the namespace is connected. */
    String gateway() throws IOException, InterruptedException {
      return result(making.gateway());
    }

    /** Ends the use; a second call does nothing. */
    @Override
    public void close() {
      synchronized (BuildNetwork.this) {
        if (!over) {
          over = true;
          users--;
          releaseIfIdle();
        }
      }
    }
  }

  /**
   * One of the {@linkplain #announce announced} commands is over, or was never needed. A command
   * that was not announced may say so too: then the network is taken down early, though not while
   * it is used, and made again for who wants it.
   */
  public synchronized void done() {
    outstanding--;
    releaseIfIdle();
  }

  private void releaseIfIdle() {
    if (outstanding <= 0 && users == 0) {
      release();
    }
  }

  private synchronized void release() {
    Making made = making;
    if (made == null) {
      return;
    }
    making = null;
    FutureTask<Void> ending =
        new FutureTask<>(
            () -> {
              try {
                String unused = made.gateway().get();
              } catch (ExecutionException e) {
                // Whoever wanted it was told. What there is of it is taken down all the same.
              }
              try {
                made.place().get().close();
              } catch (ExecutionException e) {
                return null; // nothing is left of it
              }
              return null;
            });
    endings.add(ending);
    Thread.ofPlatform().name("end of build network").start(ending);
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
      Optional<Locks.Held> dead = store.locks().tryExclusive(NetworkPlace.lockOf(build.getKey()));
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

  private static String bridge(Path root) {
    return root.equals(MAIN_STORE)
        ? Networks.MAIN_BRIDGE
        : "cpr"
            + Digest.sha256(root.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
  }

  /** Takes the build off the network, and waits until it is. */
  @Override
  public void close() throws IOException {
    List<FutureTask<Void>> all;
    synchronized (this) {
      release();
      all = List.copyOf(endings);
      endings.clear();
    }
    // Being interrupted is no reason to leave rules on the host: it is waited for all the same.
    boolean interrupted = Thread.interrupted();
    @Nullable IOException failure = null;
    for (FutureTask<Void> ending : all) {
      try {
        interrupted |= await(ending);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static boolean await(FutureTask<Void> ending) throws IOException {
    boolean interrupted = false;
    while (true) {
      try {
        Void _ = result(ending);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
