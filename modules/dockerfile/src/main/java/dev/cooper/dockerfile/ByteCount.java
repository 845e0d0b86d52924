package dev.cooper.dockerfile;

import java.util.Locale;

/** Sizes like {@code 64m}, {@code 1.5GB}, {@code 2KiB}: a unit is a power of 1024. */
final class ByteCount {
  private ByteCount() {}

  /** The number of bytes, or -1 if the text is no size. */
  static long parse(String text) {
    int end = text.length();
    while (end > 0 && !isNumber(text.charAt(end - 1)) && text.charAt(end - 1) != ' ') {
      end--;
    }
    if (end == 0) {
      return -1;
    }
    String number = text.substring(0, text.charAt(end - 1) == ' ' ? end - 1 : end);
    double size = decimal(number);
    long unit = unit(text.substring(end).toLowerCase(Locale.ROOT));
    double bytes = size * unit;
    return size < 0 || unit < 0 || bytes > Long.MAX_VALUE ? -1 : (long) bytes;
  }

  private static double decimal(String number) {
    int points = 0;
    for (int index = 0; index < number.length(); index++) {
      char character = number.charAt(index);
      if (!isNumber(character)) {
        return -1;
      }
      points += character == '.' ? 1 : 0;
    }
    return number.length() == points || points > 1 ? -1 : Double.parseDouble(number);
  }

  private static long unit(String suffix) {
    if (suffix.isEmpty() || suffix.equals("b")) {
      return 1;
    }
    int power = "kmgtp".indexOf(suffix.charAt(0)) + 1;
    String rest = suffix.substring(1);
    boolean known = rest.isEmpty() || rest.equals("b") || rest.equals("ib");
    return power == 0 || !known ? -1 : 1L << (10 * power);
  }

  private static boolean isNumber(char character) {
    return (character >= '0' && character <= '9') || character == '.';
  }
}
