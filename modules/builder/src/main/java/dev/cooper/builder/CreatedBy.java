package dev.cooper.builder;

import dev.cooper.dockerfile.Instruction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** How an image's history tells of a step: the words of Docker's engine, letter by letter. */
final class CreatedBy {
  private CreatedBy() {}

  /** A step that only changes the config: {@code /bin/sh -c #(nop) ENV a=b}. */
  static String config(List<String> shell, String text) {
    return String.join(" ", shell) + " #(nop)  " + text;
  }

  /** A step that changes files without running anything: {@code /bin/sh -c #(nop) WORKDIR /a}. */
  static String files(List<String> shell, String text) {
    return String.join(" ", shell) + " #(nop) " + text;
  }

  /**
   * A RUN: {@code |1 version=3 /bin/sh -c make}.
   *
   * @param arguments what it sees of the build's arguments, {@code name=value}, sorted
   */
  static String run(List<String> arguments, List<String> command) {
    StringJoiner words = new StringJoiner(" ");
    if (!arguments.isEmpty()) {
      words.add("|" + arguments.size());
      arguments.forEach(words::add);
    }
    command.forEach(words::add);
    return words.toString();
  }

  /** Strings as Go prints a slice of them with {@code %q}. */
  static String quoted(List<String> strings) {
    StringJoiner all = new StringJoiner(" ", "[", "]");
    for (String string : strings) {
      all.add(quoted(string));
    }
    return all.toString();
  }

  private static String quoted(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            quoted.append(String.format("\\x%02x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** A health check as Go prints its structure with {@code %q}. */
  static String healthcheck(Instruction.Healthcheck check, List<String> test) {
    int retries = check.retries() == null ? 0 : check.retries();
    List<String> parts = new ArrayList<>();
    parts.add(quoted(test));
    parts.add(quoted(duration(check.interval())));
    parts.add(quoted(duration(check.timeout())));
    parts.add(quoted(duration(check.startPeriod())));
    parts.add(rune(retries));
    return "HEALTHCHECK &{" + String.join(" ", parts) + "}";
  }

  /** A number as Go prints it with {@code %q}: as the character that has this number. */
  private static String rune(int number) {
    String escaped =
        switch (number) {
          case 7 -> "\\a";
          case '\b' -> "\\b";
          case '\f' -> "\\f";
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          case 11 -> "\\v";
          case '\'' -> "\\'";
          case '\\' -> "\\\\";
          default ->
              number < 0x20 || number == 0x7f
                  ? String.format("\\x%02x", number)
                  : Character.toString(number);
        };
    return "'" + escaped + "'";
  }

  /** A duration as Go prints it: {@code 1m30s}, {@code 1.5s}, {@code 0s}. */
  static String duration(@org.jspecify.annotations.Nullable Duration duration) {
    if (duration == null || duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    if (nanos < 1_000_000_000L) {
      if (nanos >= 1_000_000) {
        return fraction(nanos, 1_000_000) + "ms";
      }
      return nanos >= 1000 ? fraction(nanos, 1000) + "µs" : nanos + "ns";
    }
    StringBuilder text = new StringBuilder();
    long hours = duration.toHours();
    long minutes = duration.toMinutes();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (minutes > 0) {
      text.append(minutes % 60).append('m');
    }
    return text.append(fraction(nanos % 60_000_000_000L, 1_000_000_000)).append('s').toString();
  }

  private static String fraction(long value, long unit) {
    return java.math.BigDecimal.valueOf(value)
        .divide(java.math.BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
