package dev.cooper.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** Network namespaces kept alive by a bind mount, as {@code ip netns} does. */
public final class NetworkNamespace {
  private static final Libc.Function UNSHARE = new Libc.Function("unshare");
  private static final int CLONE_NEWNET = 0x40000000;

  private NetworkNamespace() {}

  /**
   * Makes a new network namespace and mounts it at {@code path}, which is created as an empty file
   * if absent. Its loopback interface is down. After a failure nothing is left mounted.
   */
  public static void create(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(path);
    }
    // The namespace belongs to the thread that makes it, so that thread must end afterwards.
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try (Frame frame = Frame.open()) {
                frame.call("network namespace", UNSHARE, CLONE_NEWNET);
              }
              Mounts.bind(Path.of("/proc/thread-self/ns/net"), path);
              return null;
            });
    Threads.run("network-namespace", task);
  }

  /** Unmounts the namespace at {@code path} and removes the file; does nothing if absent. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Mounts.detach(path);
    } catch (LinuxException e) {
      // EINVAL: only the file was left, by an earlier deletion cut short.
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
    }
    Files.deleteIfExists(path);
  }
}
