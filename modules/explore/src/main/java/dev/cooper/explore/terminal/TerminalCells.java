package dev.cooper.explore.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in the columns of a terminal. */
final class TerminalCells {
  static final String PLAIN = "\u001b[0m";
  static final String BOLD = "\u001b[1m";
  static final String REVERSE = "\u001b[7m";

  private TerminalCells() {}

  /** Cut or filled up to a width. Wide characters take two columns. */
  static String cell(String text, int width, String style) {
    StringBuilder result = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int columns = columns(point);
      if (used + columns > width) {
        break;
      }
      result.appendCodePoint(point);
      used += columns;
      i += Character.charCount(point);
    }
    result.append(" ".repeat(Math.max(0, width - used)));
    return style.isEmpty() ? result.toString() : style + result + PLAIN;
  }

  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        point >= 0x1100 && point <= 0x115f
            || point >= 0x2e80 && point <= 0xa4cf
            || point >= 0xac00 && point <= 0xd7a3
            || point >= 0xf900 && point <= 0xfaff
            || point >= 0xfe30 && point <= 0xfe6f
            || point >= 0xff00 && point <= 0xff60
            || point >= 0xffe0 && point <= 0xffe6
            || point >= 0x1f300 && point <= 0x1faff
            || point >= 0x20000 && point <= 0x3fffd;
    return wide ? 2 : 1;
  }

  /** Seven columns: {@code 12.3 MB}. */
  static String size(long bytes) {
    String[] units = {" B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String number =
        unit == 0 || value >= 99.95
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, "%.1f", value);
    return String.format(Locale.ROOT, "%4s %s", number, units[unit]);
  }

  /** A size within a sentence: {@code 12.3 MB}. */
  static String amount(long bytes) {
    return size(bytes).strip().replace("  ", " ");
  }

  /** The text in lines of a width, broken wherever the width ends; at most so many lines. */
  static List<String> wrapped(String text, int width, int most) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    int used = 0;
    for (int i = 0; i < text.length() && lines.size() < most; ) {
      int point = text.codePointAt(i);
      if (used + columns(point) > width && i > start) {
        lines.add(text.substring(start, i));
        start = i;
        used = 0;
      }
      used += columns(point);
      i += Character.charCount(point);
    }
    if (lines.size() < most && start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
