package dev.cooper.cli.format;

import java.time.Duration;
import java.time.Instant;

/** How long ago, in Docker's words. */
public final class Age {
  private Age() {}

  /** {@code 5 minutes}, {@code About an hour}; a negative duration counts as none. */
  public static String of(Duration duration) {
    long seconds = duration.getSeconds();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    long minutes = seconds / 60;
    if (minutes == 1) {
      return "About a minute";
    }
    if (minutes < 60) {
      return minutes + " minutes";
    }
    long hours = (seconds + 1800) / 3600;
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 48) {
      return hours + " hours";
    }
    if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    }
    if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    }
    if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return seconds / 3600 / 24 / 365 + " years";
  }

  /** {@code 5 minutes ago}. */
  public static String ago(Instant then, Instant now) {
    return of(Duration.between(then, now)) + " ago";
  }
}
