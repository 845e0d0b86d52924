package dev.cooper.disk.boot;

/** Tells which of two kernels is newer, by the versions in their names. */
final class KernelVersion {
  private KernelVersion() {}

  /**
   * Whether {@code version} is newer: runs of digits count as numbers, so that 6.1.0-10 comes after
   * 6.1.0-9; all else goes letter by letter. Anything is newer than nothing.
   */
  static boolean isNewer(String version, String than) {
    int at = 0;
    int other = 0;
    while (at < version.length() && other < than.length()) {
      if (isDigit(version.charAt(at)) && isDigit(than.charAt(other))) {
        int end = endOfNumber(version, at);
        int otherEnd = endOfNumber(than, other);
        int order = compareNumbers(version.substring(at, end), than.substring(other, otherEnd));
        if (order != 0) {
          return order > 0;
        }
        at = end;
        other = otherEnd;
      } else if (version.charAt(at) != than.charAt(other)) {
        return version.charAt(at) > than.charAt(other);
      } else {
        at++;
        other++;
      }
    }
    return version.length() - at > than.length() - other;
  }

  private static int compareNumbers(String one, String other) {
    String first = one.replaceFirst("^0+", "");
    String second = other.replaceFirst("^0+", "");
    return first.length() != second.length()
        ? Integer.compare(first.length(), second.length())
        : first.compareTo(second);
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }
}
