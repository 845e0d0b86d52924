package dev.cooper.dockerfile;

import java.util.List;

/**
 * The text of a file, for messages that show it.
 *
 * @param fileName what messages call it
 * @param lines its lines without their ends
 */
public record Source(String fileName, List<String> lines) {
  public Source {
    lines = List.copyOf(lines);
  }
}
