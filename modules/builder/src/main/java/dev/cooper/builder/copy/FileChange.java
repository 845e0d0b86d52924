package dev.cooper.builder.copy;

import java.util.Locale;

/**
 * How a file differs from what an earlier build copied.
 *
 * @param path in the context
 * @param before permission bits; the same as {@code after} unless they changed
 */
public record FileChange(String path, Kind kind, int before, int after) {
  /** What happened to it. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED,
    MODE
  }

  /** A change of anything but permission bits alone. */
  public static FileChange of(String path, Kind kind) {
    return new FileChange(path, kind, 0, 0);
  }

  /** {@code src/a.c changed}, {@code run.sh mode changed 0644 → 0755}. */
  @Override
  public String toString() {
    return kind == Kind.MODE
        ? path + " mode changed " + octal(before) + " → " + octal(after)
        : path + " " + kind.name().toLowerCase(Locale.ROOT);
  }

  private static String octal(int mode) {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
