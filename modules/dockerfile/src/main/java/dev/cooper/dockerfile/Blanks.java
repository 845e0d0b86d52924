package dev.cooper.dockerfile;

/** The characters that count as white space in a Dockerfile. */
final class Blanks {
  private Blanks() {}

  /** Unicode white space, as trimming and word splitting know it. */
  static boolean isSpace(int character) {
    return switch (character) {
      case ' ', '\t', '\n', '\f', '\r', 0x0B, 0x85, 0xA0 -> true;
      default ->
          character == 0x1680
              || (character >= 0x2000 && character <= 0x200A)
              || character == 0x2028
              || character == 0x2029
              || character == 0x202F
              || character == 0x205F
              || character == 0x3000;
    };
  }

  /** The white space that separates arguments: ASCII only, so that others may stand in names. */
  static boolean separates(char character) {
    return character == ' '
        || character == '\t'
        || character == '\r'
        || character == '\f'
        || character == 0x0B;
  }

  /** The text without white space at either end. */
  static String trim(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    int start = firstNonSpace(text, 0);
    return start >= end ? "" : text.substring(start, end);
  }

  /** The index of the first character from {@code start} on that is no white space. */
  static int firstNonSpace(String text, int start) {
    int index = start;
    while (index < text.length() && isSpace(text.charAt(index))) {
      index++;
    }
    return index;
  }
}
