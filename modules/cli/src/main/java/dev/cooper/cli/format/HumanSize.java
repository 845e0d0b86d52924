package dev.cooper.cli.format;

import dev.cooper.image.CooperException;
import java.math.BigDecimal;

/** Sizes as Docker prints and reads them. */
public final class HumanSize {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final String[] BINARY_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private HumanSize() {}

  /** Three significant digits in powers of 1000: {@code 1.96MB}. */
  public static String of(long bytes) {
    // Whole numbers only: BigDecimal takes longer to load than all else that a list needs.
    long unit = 1;
    for (int power = 0; ; power++) {
      long whole = bytes / unit;
      boolean last = power == UNITS.length - 1;
      int decimals = power == 0 || whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
      if (whole < 1000 || last) {
        long step = unit / (decimals == 2 ? 100 : decimals == 1 ? 10 : 1);
        long shown = rounded(bytes, step);
        if (decimals > 0 || shown < 1000 || last) {
          return decimal(shown, decimals) + UNITS[power];
        }
      }
      unit *= 1000;
    }
  }

  /**
   * One digit after the point at most, in powers of 1024, as the sizes of disks are given: {@code
   * 98.3MiB}, {@code 300MiB}.
   */
  public static String binary(long bytes) {
    int power = 0;
    long unit = 1;
    while (bytes / unit >= 1024 && power < BINARY_UNITS.length - 1) {
      unit <<= 10;
      power++;
    }
    long rest = bytes % unit;
    if (bytes / unit >= 100) {
      return bytes / unit + (2 * rest >= unit ? 1 : 0) + BINARY_UNITS[power];
    }
    return decimal(bytes / unit * 10 + (rest * 10 + unit / 2) / unit, 1) + BINARY_UNITS[power];
  }

  /** How often the step goes into the number; half a step is rounded to the even. */
  private static long rounded(long number, long step) {
    long times = number / step;
    long twice = 2 * (number % step);
    return twice > step || (twice == step && (times & 1) == 1) ? times + 1 : times;
  }

  /** Without zeros at the end of the fraction. */
  private static String decimal(long digits, int decimals) {
    long rest = digits;
    int places = decimals;
    while (places > 0 && rest % 10 == 0) {
      rest /= 10;
      places--;
    }
    if (places == 0) {
      return Long.toString(rest);
    }
    long scale = places == 2 ? 100 : 10;
    String fraction = Long.toString(rest % scale);
    return rest / scale + "." + "0".repeat(places - fraction.length()) + fraction;
  }

  /**
   * Reads a size in powers of 1024: {@code 64m}, {@code 1.5g}, {@code 512kb}, {@code 100}.
   *
   * @throws CooperException.InvalidInput {@code invalid size: '…'}
   */
  public static long parse(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    String suffix = text.substring(end).strip().toLowerCase(java.util.Locale.ROOT);
    int power =
        switch (suffix) {
          case "", "b" -> 0;
          case "k", "kb", "kib" -> 1;
          case "m", "mb", "mib" -> 2;
          case "g", "gb", "gib" -> 3;
          case "t", "tb", "tib" -> 4;
          case "p", "pb", "pib" -> 5;
          default -> throw invalid(text, null);
        };
    try {
      return new BigDecimal(text.substring(0, end))
          .multiply(BigDecimal.valueOf(1L << (10 * power)))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw invalid(text, e);
    }
  }

  private static CooperException invalid(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new CooperException.InvalidInput("invalid size: '" + text + "'", null, cause);
  }
}
