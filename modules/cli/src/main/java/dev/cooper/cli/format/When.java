package dev.cooper.cli.format;

import dev.cooper.image.CooperException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Points in time as {@code --since} takes them. */
public final class When {
  private When() {}

  /**
   * Reads an RFC 3339 time (date alone, without zone: this machine's), seconds since 1970, or a Go
   * duration before {@code now} ({@code 1h30m}).
   *
   * @throws CooperException.InvalidInput when it is none of them
   */
  public static Instant parse(String text, Instant now) {
    if (text.isEmpty()) {
      throw invalid(text);
    }
    try {
      if (text.indexOf('-') > 0) {
        if (text.indexOf('T') < 0) {
          return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
        boolean zone = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 10;
        return zone
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
      }
      if (Character.isDigit(text.charAt(text.length() - 1))) {
        BigDecimal seconds = new BigDecimal(text);
        return Instant.ofEpochSecond(
            seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
      }
      return now.minusNanos(duration(text));
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      throw new CooperException.InvalidInput(
          "invalid value for \"since\" or \"until\": " + text, null, e);
    }
  }

  private static long duration(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      BigDecimal amount = new BigDecimal(text.substring(start, at));
      int unit = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      long each =
          switch (text.substring(unit, at)) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new NumberFormatException(text);
          };
      nanos = nanos.add(amount.multiply(BigDecimal.valueOf(each)));
    }
    return nanos.longValue();
  }

  private static CooperException invalid(String text) {
    return new CooperException.InvalidInput("invalid time: '" + text + "'");
  }
}
