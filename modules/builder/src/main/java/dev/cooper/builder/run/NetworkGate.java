package dev.cooper.builder.run;

import dev.cooper.linux.Devices;
import dev.cooper.linux.FileHandle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets a container be made while its network still is: the runtime reads a line from a named pipe
 * before the program begins, and gets it as soon as the network is there.
 */
final class NetworkGate implements Closeable {
  private final Path pipe;
  private final FileHandle handle;
  private final Thread keeper;
  private volatile @Nullable Exception failure;

  private NetworkGate(BuildNetwork.Use network, Path pipe, FileHandle handle) {
    this.pipe = pipe;
    this.handle = handle;
    this.keeper = Thread.ofPlatform().name("network gate").unstarted(() -> keep(network));
  }

  /**
   * Makes one.
   *
   * @param pipe where; there is nothing yet
   */
  static NetworkGate open(BuildNetwork.Use network, Path pipe) throws IOException {
    Devices.makeFifo(pipe, 0600);
    // For both: so neither side waits for the other one in opening it.
    FileHandle handle = FileHandle.open(pipe, FileHandle.Access.READ_WRITE);
    NetworkGate gate = new NetworkGate(network, pipe, handle);
    gate.keeper.start();
    return gate;
  }

  /** What the runtime reads from. */
  Path pipe() {
    return pipe;
  }

  private void keep(BuildNetwork.Use network) {
    String answer = "go\n";
    try {
      String unused = network.gateway();
    } catch (IOException | RuntimeException e) {
      failure = e;
      answer = "no\n";
    } catch (InterruptedException e) {
      answer = "no\n";
    }
    try {
      byte[] line = answer.getBytes(StandardCharsets.US_ASCII);
      handle.write(line, 0, line.length);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Throws why the gate stayed closed; does nothing if it opened. */
  void check() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Whoever still waits at the gate is let go, to fail. */
  @Override
  public void close() {
    keeper.interrupt();
    boolean interrupted = false;
    while (keeper.isAlive()) {
      try {
        keeper.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    handle.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
