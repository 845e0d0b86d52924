package dev.cooper.disk.boot;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a program of this computer that is done in a moment. */
final class HostCommand {
  private HostCommand() {}

  /**
   * What the program printed.
   *
   * @param hint what to do when it is not installed
   * @throws CooperException.NotFound when it is not installed
   * @throws CooperException.Failed with its last line when it fails
   */
  static String run(List<String> command, String hint) throws IOException {
    return run(command, hint, null);
  }

  /** The same in a folder. */
  static String run(List<String> command, String hint, @Nullable Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CooperException.NotFound(command.getFirst() + " is not installed", hint, e);
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        String last = output.strip().lines().reduce("", (before, line) -> line);
        throw new CooperException.Failed(
            command.getFirst() + " failed with status " + status + ": " + last);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CooperException.Failed(command.getFirst() + " was interrupted", null, e);
    }
  }
}
