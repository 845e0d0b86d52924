package dev.cooper.engine;

import dev.cooper.linux.Processes;
import dev.cooper.runtime.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a container fares now. Its state on disk says that it runs until somebody has cleaned up
 * after it; meanwhile its monitor's files tell whether it has ended, and how.
 */
final class Liveness {
  /** What Docker gives a container whose end nobody saw, as when the machine stopped. */
  private static final int UNKNOWN = 255;

  private Liveness() {}

  static ContainerState state(ContainerRecords records, String id) throws IOException {
    ContainerState written = records.readState(id);
    return written.running() ? judge(written, records.folder(id)) : written;
  }

  private static ContainerState judge(ContainerState written, ContainerFolder folder)
      throws IOException {
    Monitor monitor = Monitor.at(folder.bundle());
    OptionalInt code = monitor.exitCode();
    if (code.isEmpty()) {
      OptionalInt pid = monitor.pid();
      if (pid.isPresent() || isWatched(folder.bundle())) {
        return written;
      }
      code = monitor.exitCode(); // it may have been written just now
    }
    Optional<Instant> finished = monitor.finished();
    return written.exited(
        finished.map(Instant::toString).orElse(written.started()),
        code.orElse(UNKNOWN),
        monitor.ranOutOfMemory());
  }

  /** Whether the monitor is still there to write down how the container ended. */
  private static boolean isWatched(Path bundle) throws IOException {
    try {
      String pid = Files.readString(bundle.resolve("conmon.pid")).strip();
      return !pid.isEmpty() && Processes.isAlive(Integer.parseInt(pid));
    } catch (NoSuchFileException | NumberFormatException e) {
      return false;
    }
  }
}
