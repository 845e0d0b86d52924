package dev.cooper.runtime;

import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code runc start} does, without starting runc: a created container waits in the opening of
 * a named pipe in its state directory until somebody reads from it. Saves some 10 ms a container.
 */
final class StartSignal {
  private static final String PIPE = "exec.fifo";
  private static final int PATIENCE_MILLISECONDS = 1000;

  private StartSignal() {}

  /**
   * Lets the container whose state is in {@code state} go.
   *
   * @return false if it does not wait in this way, so that the runtime must be asked
   */
  static boolean send(Path state) throws IOException {
    Path pipe = state.resolve(PIPE);
    try {
      if (!FileStatus.of(pipe).isFifo()) {
        return false;
      }
    } catch (LinuxException e) {
      return false;
    }
    try (FileHandle reader = FileHandle.open(pipe, FileHandle.Access.READ_NO_WAIT)) {
      byte[] one = new byte[1];
      if (!reader.awaitReadable(PATIENCE_MILLISECONDS) || reader.read(one, 0, 1) != 1) {
        return false;
      }
    }
    // Its absence is how the runtime knows that the container has started.
    Files.deleteIfExists(pipe);
    return true;
  }
}
