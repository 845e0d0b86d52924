package dev.cooper.dockerfile;

/** Text in double quotes, as messages show it. */
final class Quoted {
  private Quoted() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
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
    return out.append('"').toString();
  }
}
