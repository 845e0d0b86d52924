package dev.cooper.cli.build;

/** Text as a terminal shows it: columns rather than characters, and nothing that moves a cursor. */
final class TextWidth {
  private static final int TAB = 8;
  private static final char ESCAPE = 0x1b;

  private TextWidth() {}

  /** How many columns a text takes; escape sequences take none. */
  static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == ESCAPE) {
        i = afterEscape(text, i);
        continue;
      }
      int point = text.codePointAt(i);
      width += of(point);
      i += Character.charCount(point);
    }
    return width;
  }

  /** The beginning of a text that holds no escape sequences, at most so many columns of it. */
  static String cut(String text, int columns) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += of(point);
      if (width > columns) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static int of(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0xffe0 && point <= 0xffe6)
            || (point >= 0x1f300 && point <= 0x1faff)
            || (point >= 0x20000 && point <= 0x3fffd);
    return wide ? 2 : 1;
  }

  /** A line of a program's output as it would stand there in the end, without colours. */
  static String plain(String line) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < line.length(); ) {
      char c = line.charAt(i);
      if (c == ESCAPE) {
        i = afterEscape(line, i);
        continue;
      }
      if (c == '\r') {
        // A progress bar begins its line again; one at the end belongs to the line's end.
        if (i + 1 < line.length()) {
          plain.setLength(0);
        }
      } else if (c == '\t') {
        plain.repeat(' ', TAB - plain.length() % TAB);
      } else if (c == '\b') {
        plain.setLength(Math.max(0, plain.length() - 1));
      } else if (!Character.isISOControl(c)) {
        plain.append(c);
      }
      i++;
    }
    return plain.toString();
  }

  /** Where the escape sequence that begins there is over. */
  private static int afterEscape(String text, int start) {
    int i = start + 1;
    if (i >= text.length()) {
      return i;
    }
    char kind = text.charAt(i++);
    if (kind == '[') {
      while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
        i++;
      }
      return Math.min(text.length(), i + 1);
    }
    if (kind == ']') {
      while (i < text.length() && text.charAt(i) != 7 && text.charAt(i) != ESCAPE) {
        i++;
      }
      return Math.min(text.length(), i + 1);
    }
    return i;
  }
}
