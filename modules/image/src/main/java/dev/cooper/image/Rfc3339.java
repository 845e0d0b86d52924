package dev.cooper.image;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;

/**
 * Moments as image documents write them (RFC 3339, section 5.6): {@code 2024-05-01T10:00:00.5Z}. By
 * hand, since loading java.time.format costs a command tens of milliseconds.
 */
public final class Rfc3339 {
  private static final int SECONDS_PER_DAY = 86_400;

  private Rfc3339() {}

  /** UTC, with only as many digits of the fraction as are needed, as Go's RFC3339Nano. */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
    StringBuilder text = new StringBuilder(30);
    pad(text, date.getYear(), 4).append('-');
    pad(text, date.getMonthValue(), 2).append('-');
    pad(text, date.getDayOfMonth(), 2).append('T');
    pad(text, ofDay / 3600, 2).append(':');
    pad(text, ofDay / 60 % 60, 2).append(':');
    pad(text, ofDay % 60, 2);
    int nanos = instant.get(ChronoField.NANO_OF_SECOND);
    if (nanos != 0) {
      pad(text.append('.'), nanos, 9);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.append('Z').toString();
  }

  /**
   * @throws CooperException.Corrupt when it is not such a moment
   */
  public static Instant parse(String text) {
    try {
      return new Scan(text).instant();
    } catch (DateTimeException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new CooperException.Corrupt("not an RFC 3339 time: \"" + text + "\"", null, e);
    }
  }

  private static StringBuilder pad(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  /** One pass over the text; every deviation is a DateTimeException or runs past the end. */
  private static final class Scan {
    private final String text;
    private int at;

    Scan(String text) {
      this.text = text;
    }

    Instant instant() {
      int year = number(4);
      expect('-');
      int month = number(2);
      expect('-');
      LocalDate date = LocalDate.of(year, month, number(2));
      char separator = text.charAt(at++);
      if (separator != 'T' && separator != 't' && separator != ' ') {
        throw new DateTimeException("no time");
      }
      int hour = range(number(2), 23);
      expect(':');
      int minute = range(number(2), 59);
      expect(':');
      int second = range(number(2), 60);
      int nanos = text.charAt(at) == '.' ? fraction() : 0;
      long offset = offset();
      if (at != text.length()) {
        throw new DateTimeException("trailing characters");
      }
      long ofDay = hour * 3600L + minute * 60L + second;
      return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_PER_DAY + ofDay - offset, nanos);
    }

    private int fraction() {
      at++;
      int nanos = 0;
      int digits = 0;
      while (text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        if (digits < 9) {
          nanos = nanos * 10 + (text.charAt(at) - '0');
          digits++;
        }
        at++;
      }
      if (digits == 0) {
        throw new DateTimeException("empty fraction");
      }
      for (; digits < 9; digits++) {
        nanos *= 10;
      }
      return nanos;
    }

    private long offset() {
      char sign = text.charAt(at++);
      if (sign == 'Z' || sign == 'z') {
        return 0;
      }
      if (sign != '+' && sign != '-') {
        throw new DateTimeException("no offset");
      }
      int hours = range(number(2), 23);
      expect(':');
      int seconds = hours * 3600 + range(number(2), 59) * 60;
      return sign == '-' ? -seconds : seconds;
    }

    private int number(int width) {
      int number = 0;
      for (int end = at + width; at < end; at++) {
        char c = text.charAt(at);
        if (c < '0' || c > '9') {
          throw new DateTimeException("not a digit");
        }
        number = number * 10 + (c - '0');
      }
      return number;
    }

    private static int range(int number, int most) {
      if (number > most) {
        throw new DateTimeException("out of range");
      }
      return number;
    }

    private void expect(char c) {
      if (text.charAt(at++) != c) {
        throw new DateTimeException("expected " + c);
      }
    }
  }
}
