package dev.cooper.dockerfile;

import java.util.List;

/**
 * One thing that is wrong with a Dockerfile.
 *
 * @param range its lines
 * @param token the text to point at within the lines; empty for the whole line
 * @param message what is wrong, in Docker's words where it has them
 * @param hints what to write instead; may be empty
 */
public record Problem(SourceRange range, String token, String message, List<String> hints) {
  public Problem {
    hints = List.copyOf(hints);
  }
}
