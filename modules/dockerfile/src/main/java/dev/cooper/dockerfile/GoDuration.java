package dev.cooper.dockerfile;

import java.time.Duration;

/** Durations as HEALTHCHECK writes them: {@code 1m30s}, {@code 1.5h}, {@code 500ms}. */
final class GoDuration {
  private static final Duration LEAST = Duration.ofMillis(1);

  private GoDuration() {}

  /**
   * A duration of a HEALTHCHECK flag: zero, or at least a millisecond.
   *
   * @param flag the flag's name, for messages
   * @throws Malformed if the text is no duration, or one that is too short or too long
   */
  static Duration ofFlag(String flag, String text) {
    Duration duration = parse(text);
    if (!duration.isZero() && duration.compareTo(LEAST) < 0) {
      throw new Malformed("Interval \"" + flag + "\" cannot be less than 1ms", text);
    }
    return duration;
  }

  private static Duration parse(String text) {
    String rest = text;
    boolean negative = false;
    if (!rest.isEmpty() && (rest.charAt(0) == '-' || rest.charAt(0) == '+')) {
      negative = rest.charAt(0) == '-';
      rest = rest.substring(1);
    }
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    double nanoseconds = 0;
    int position = 0;
    while (position < rest.length()) {
      int start = position;
      while (position < rest.length() && isNumber(rest.charAt(position))) {
        position++;
      }
      String number = rest.substring(start, position);
      if (number.isEmpty()
          || number.equals(".")
          || number.indexOf('.') != number.lastIndexOf('.')) {
        throw invalid(text);
      }
      int unitStart = position;
      while (position < rest.length() && !isNumber(rest.charAt(position))) {
        position++;
      }
      String unit = rest.substring(unitStart, position);
      if (unit.isEmpty()) {
        throw new Malformed(
            "time: missing unit in duration \"" + text + "\"",
            text,
            "for seconds write " + text + "s");
      }
      nanoseconds += Double.parseDouble(number) * nanosecondsOf(unit, text);
    }
    if (nanoseconds > Long.MAX_VALUE) {
      throw invalid(text);
    }
    long rounded = (long) nanoseconds;
    return Duration.ofNanos(negative ? -rounded : rounded);
  }

  private static double nanosecondsOf(String unit, String text) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default ->
          throw new Malformed(
              "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"",
              text,
              "units are h, m, s, ms, us and ns");
    };
  }

  private static boolean isNumber(char character) {
    return (character >= '0' && character <= '9') || character == '.';
  }

  private static Malformed invalid(String text) {
    return new Malformed(
        "time: invalid duration \"" + text + "\"", text, "write a duration like 30s or 1m30s");
  }
}
