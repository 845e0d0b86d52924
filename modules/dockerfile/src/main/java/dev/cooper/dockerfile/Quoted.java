package dev.cooper.dockerfile;

/** Text as messages show it. */
final class Quoted {
  private Quoted() {}

  /** In double quotes. */
  static String of(String text) {
    String line = oneLine(text.replace("\\", "\\\\").replace("\"", "\\\""));
    return '"' + line + '"';
  }

  /** Without quotes, on one line: control characters are written as escapes. */
  static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (character < ' ' || character == 0x7F) {
            out.append("\\x").append(Character.forDigit(character >> 4, 16));
            out.append(Character.forDigit(character & 15, 16));
          } else {
            out.append(character);
          }
        }
      }
    }
    return out.toString();
  }
}
