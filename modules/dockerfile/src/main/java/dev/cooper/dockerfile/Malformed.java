package dev.cooper.dockerfile;

import java.util.List;

/** What is wrong with one instruction, on its way to becoming a {@link Problem}. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String token;
  private final transient List<String> hints;

  /**
   * @param message in Docker's words where it has them
   * @param token the text to point at; empty for the whole instruction
   */
  Malformed(String message, String token, String... hints) {
    super(message, null, false, false);
    this.token = token;
    this.hints = List.of(hints);
  }

  Problem at(SourceRange range) {
    String message = getMessage();
    return new Problem(range, token, message == null ? "" : message, hints);
  }
}
