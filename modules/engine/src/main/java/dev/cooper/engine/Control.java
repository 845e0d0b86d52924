package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Processes;
import dev.cooper.runtime.Monitor;
import dev.cooper.store.Locks;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** What can be done to a container that runs. */
final class Control {
  private static final int KILL = 9;
  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  private final ContainerRecords records;
  private final Machinery machinery;
  private final Ending ending;

  Control(ContainerRecords records, Machinery machinery, Ending ending) {
    this.records = records;
    this.machinery = machinery;
    this.ending = ending;
  }

  Monitor monitor(String id) {
    return Monitor.at(records.folder(id).bundle());
  }

  /** Sends a signal to its first process. */
  void kill(Container container, String signal) throws IOException {
    int number = StopSignal.number(signal);
    ContainerState state = Liveness.state(records, container.id());
    OptionalInt pid = monitor(container.id()).pid();
    if (!state.running() || pid.isEmpty()) {
      throw new CooperException.Conflict(
          "Cannot kill container: "
              + container.name()
              + ": Container "
              + container.id()
              + " is not running");
    }
    signal(pid.getAsInt(), number);
    if (number == KILL) {
      if (state.paused()) {
        machinery.runtime().resume(container.id());
      }
      awaitEnd(container, AFTER_KILL);
    }
  }

  private static void signal(int pid, int number) throws IOException {
    try {
      Processes.kill(pid, number);
    } catch (LinuxException e) {
      if (!e.is(Errno.ESRCH)) {
        throw e;
      }
    }
  }

  /**
   * Asks it to end, and ends it when it has not within {@code seconds}; negative waits for ever.
   */
  void stop(Container container, int seconds) throws IOException {
    ContainerState state = Liveness.state(records, container.id());
    OptionalInt pid = monitor(container.id()).pid();
    if (!state.running() || pid.isEmpty()) {
      ending.cleanUp(container.id());
      return;
    }
    if (state.paused()) {
      machinery.runtime().resume(container.id());
    }
    signal(pid.getAsInt(), StopSignal.number(container.stopSignal()));
    Duration limit = seconds < 0 ? Duration.ofDays(36500) : Duration.ofSeconds(seconds);
    if (!awaitEnd(container, limit)) {
      signal(pid.getAsInt(), KILL);
      if (!awaitEnd(container, AFTER_KILL)) {
        throw new CooperException.Failed(
            "cannot stop container: "
                + container.name()
                + ": tried to kill container, but did not receive an exit event");
      }
    }
  }

  /** Whether it ended in time; then it has been cleaned up after. */
  private boolean awaitEnd(Container container, Duration limit) throws IOException {
    try {
      OptionalInt code = monitor(container.id()).await(limit);
      if (code.isEmpty()) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for container " + container.name(), e);
    }
    ending.cleanUp(container.id());
    return true;
  }

  /** Waits for its end, which may be past already, and tells its exit code. */
  int await(Container container) throws IOException, InterruptedException {
    ContainerState state = Liveness.state(records, container.id());
    if (!state.running()) {
      return state.exitCode();
    }
    return monitor(container.id()).await();
  }

  /** Stops all its processes where they are, or lets them go on. */
  void pause(Container container, boolean pause) throws IOException {
    try (Locks.Held held = records.lock(container.id())) {
      ContainerState state = Liveness.state(records, container.id());
      if (!state.running()) {
        throw new CooperException.Conflict("Container " + container.id() + " is not running");
      }
      if (state.paused() == pause) {
        throw new CooperException.Conflict(
            "Container " + container.id() + (pause ? " is already paused" : " is not paused"));
      }
      if (pause) {
        machinery.runtime().pause(container.id());
      } else {
        machinery.runtime().resume(container.id());
      }
      records.write(container.id(), state.withPaused(pause));
    }
  }

  /** Removes it; with {@code force} although it runs. */
  void remove(Container container, boolean force, boolean withVolumes) throws IOException {
    ContainerState state = Liveness.state(records, container.id());
    if (state.running()) {
      if (!force) {
        throw new CooperException.Conflict(
            "You cannot remove a "
                + state.status()
                + " container "
                + container.id()
                + ". "
                + (state.paused()
                    ? "Unpause and then stop the container before attempting removal or force"
                        + " remove"
                    : "Stop the container before attempting removal or force remove"));
      }
      try {
        kill(container, "KILL");
      } catch (CooperException.Conflict e) {
        // It ended at the same moment.
      }
    }
    try (Locks.Held held = records.lock(container.id())) {
      if (records.read(container.id()).isEmpty()) {
        return; // it was to be removed when done, and was
      }
      if (!force && Liveness.state(records, container.id()).running()) {
        throw new CooperException.Conflict(
            "You cannot remove a running container " + container.id());
      }
      ending.remove(container, withVolumes);
    }
  }
}
