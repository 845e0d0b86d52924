package dev.cooper.engine;

import dev.cooper.runtime.ContainerLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the runtime says when the kernel refuses a program at the very last moment: by then the
 * container counts as started, and the words are in its log.
 */
final class ExitExplanation {
  /**
   * The refusal.
   *
   * @param program that could not be executed
   * @param reason the kernel's
   */
  record Refusal(String program, String reason) {}

  private ExitExplanation() {}

  /** The refusal that a log begins with; empty when it begins with anything else. */
  static Optional<Refusal> read(Path file, String program) throws IOException {
    try (ContainerLog log = ContainerLog.open(file)) {
      ContainerLog.Entry entry = log.next();
      if (entry == null) {
        return Optional.empty();
      }
      String line = new String(entry.text(), StandardCharsets.UTF_8).strip();
      for (String reason :
          new String[] {"no such file or directory", "exec format error", "permission denied"}) {
        if (line.endsWith(": " + reason) && line.contains("exec ")) {
          String named =
              line.substring(line.indexOf("exec ") + 5, line.length() - reason.length() - 2);
          return Optional.of(new Refusal(named.startsWith("/") ? named.strip() : program, reason));
        }
      }
      return Optional.empty();
    }
  }
}
