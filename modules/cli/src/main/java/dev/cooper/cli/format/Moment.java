package dev.cooper.cli.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as Docker's tables print them. */
public final class Moment {
  private Moment() {}

  /** Go's default: {@code 2026-01-02 15:04:05 +0000 UTC}. */
  public static String full(Instant when) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(when);
  }

  /** {@code 2026-01-02T15:04:05Z}. */
  public static String short3339(Instant when) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(when);
  }
}
