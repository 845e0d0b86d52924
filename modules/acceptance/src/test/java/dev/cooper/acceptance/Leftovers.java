package dev.cooper.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a command may have left on the machine. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Mounts below a directory, and processes.
   *
   * @param command what the processes' command lines contain
   */
  public static List<String> of(Path directory, String command) throws IOException {
    List<String> left = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/mounts"), StandardCharsets.ISO_8859_1)) {
      if (line.contains(directory.toString())) {
        left.add(line);
      }
    }
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.map(process -> process.info().commandLine().orElse(""))
          .filter(each -> each.contains(command))
          .forEach(left::add);
    }
    return left;
  }
}
