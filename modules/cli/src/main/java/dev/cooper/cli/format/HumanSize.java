package dev.cooper.cli.format;

import dev.cooper.image.CooperException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Sizes as Docker prints and reads them. */
public final class HumanSize {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private HumanSize() {}

  /** Three significant digits in powers of 1000: {@code 1.96MB}. */
  public static String of(long bytes) {
    BigDecimal size = BigDecimal.valueOf(bytes);
    BigDecimal thousand = BigDecimal.valueOf(1000);
    int unit = 0;
    BigDecimal shown = rounded(size);
    while (unit < UNITS.length - 1 && shown.compareTo(thousand) >= 0) {
      size = size.movePointLeft(3);
      shown = rounded(size);
      unit++;
    }
    return shown.stripTrailingZeros().toPlainString() + UNITS[unit];
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.round(new MathContext(3, RoundingMode.HALF_EVEN));
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
