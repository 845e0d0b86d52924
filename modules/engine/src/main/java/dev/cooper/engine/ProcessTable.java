package dev.cooper.engine;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The processes in a container, as the host's {@code ps} shows them. */
final class ProcessTable {
  private static final Path PROCESSES = Path.of("/proc");

  private ProcessTable() {}

  /**
   * Runs {@code ps} and keeps the lines of the container's processes.
   *
   * @param pid of the container's first process
   * @param options for ps; they have to show a PID column
   * @return the heading, and a line a process
   */
  static List<String> read(int pid, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of("ps"));
    command.addAll(options.isEmpty() ? List.of("-ef") : options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (lines.isEmpty() || lines.getFirst().startsWith("error")) {
      throw new CooperException.InvalidInput("ps: " + String.join(" ", lines));
    }
    String heading = lines.getFirst();
    int column = List.of(heading.strip().split("\\s+")).indexOf("PID");
    if (column < 0) {
      throw new CooperException.InvalidInput("Couldn't find PID field in ps output");
    }
    Set<String> inside = inside(pid);
    List<String> kept = new ArrayList<>();
    kept.add(heading);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.strip().split("\\s+");
      if (column < fields.length && inside.contains(fields[column])) {
        kept.add(line);
      }
    }
    return kept;
  }

  /** The processes that are in the same process namespace. */
  private static Set<String> inside(int pid) throws IOException {
    Path namespace = Files.readSymbolicLink(PROCESSES.resolve(pid + "/ns/pid"));
    Set<String> inside = new HashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path entry : entries) {
        try {
          if (Files.readSymbolicLink(entry.resolve("ns/pid")).equals(namespace)) {
            inside.add(String.valueOf(entry.getFileName()));
          }
        } catch (IOException e) {
          // It ended at this moment.
        }
      }
    }
    return inside;
  }
}
