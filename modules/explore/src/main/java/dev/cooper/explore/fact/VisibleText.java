package dev.cooper.explore.fact;

/**
 * Text from an image as it can be shown: nothing in it moves a cursor, reorders what is beside it,
 * or is there without being seen. Letters that look like others stay: whole scripts do.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * The text with control characters, format characters (among them the marks that change the
   * direction of writing), line separators, private ones, those that are not drawn (Unicode's
   * {@code Default_Ignorable_Code_Point}) and all blanks but the space written as escapes, as
   * {@code ls --escape} and {@code printf} write them: {@code \n}, {@code \x1b}, {@code \u202e};
   * bytes that are not UTF-8 as {@code \xff}; a backslash doubled, so that an escape cannot be
   * feigned.
   */
  public static String of(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\') {
        return escaped(text, i, false);
      }
    }
    return text;
  }

  /**
   * The same for what a program says itself, with names of files in it: ends of lines, tabs and
   * backslashes stay.
   */
  public static String ofMessage(String message) {
    return escaped(message, 0, true);
  }

  private static String escaped(String text, int from, boolean message) {
    StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, from);
    int i = from;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (message && (point == '\n' || point == '\t' || point == '\\')) {
        result.append((char) point);
        continue;
      }
      switch (point) {
        case '\\' -> result.append("\\\\");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> {
          if (point < 0x80) {
            append(result, point, point < ' ' || point == 0x7f, "\\x%02x");
          } else if (point >= 0xDC80 && point <= 0xDCFF) {
            // A byte that is not UTF-8, as paths hold it.
            append(result, point - 0xDC00, true, "\\x%02x");
          } else {
            append(result, point, !isVisible(point), point > 0xffff ? "\\U%08x" : "\\u%04x");
          }
        }
      }
    }
    return result.toString();
  }

  private static void append(StringBuilder result, int point, boolean escape, String format) {
    if (escape) {
      result.append(String.format(java.util.Locale.ROOT, format, point));
    } else {
      result.appendCodePoint(point);
    }
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> !isIgnorable(point) && !isBlank(point);
    };
  }

  /** Of Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt) what has a category. */
  private static boolean isIgnorable(int point) {
    return point == 0x034f
        || isWithin(point, 0x115f, 0x1160)
        || isWithin(point, 0x17b4, 0x17b5)
        || isWithin(point, 0x180b, 0x180f)
        || point == 0x3164
        || isWithin(point, 0xfe00, 0xfe0f)
        || point == 0xffa0
        || isWithin(point, 0xe0000, 0xe0fff);
  }

  /** Signs that are drawn as nothing: Braille, music, Khitan and hieroglyphs have one. */
  private static boolean isBlank(int point) {
    return point == 0x2800
        || point == 0x1d159
        || point == 0x16fe4
        || isWithin(point, 0x13441, 0x13442);
  }

  private static boolean isWithin(int point, int first, int last) {
    return point >= first && point <= last;
  }
}
