package dev.cooper.dockerfile;

import org.jspecify.annotations.Nullable;

/** The words for true and false that options take. */
final class GoBoolean {
  private GoBoolean() {}

  /** The value, or null if the text is neither. */
  static @Nullable Boolean parse(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> null;
    };
  }
}
