package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON arrays of strings that exec forms are written in.
 *
 * <p>Text that is not valid JSON is no error: the instruction is then in shell form. Valid JSON
 * that holds anything but strings is one. So the whole grammar (RFC 8259) is recognised.
 */
final class JsonStrings {
  /** Deeper nesting than this is taken for shell form. */
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int position;
  private boolean onlyStrings = true;

  private JsonStrings(String text) {
    this.text = text;
  }

  /**
   * The strings of the array, or null if the text is no JSON array.
   *
   * @throws Malformed if it is a JSON array that holds something else
   */
  static @Nullable List<String> parse(String text) {
    int start = Blanks.firstNonSpace(text, 0);
    if (start == text.length() || text.charAt(start) != '[') {
      return null;
    }
    JsonStrings parser = new JsonStrings(text);
    parser.position = start;
    List<String> strings = new ArrayList<>();
    if (!parser.array(strings, 0)) {
      return null;
    }
    parser.skipBlanks();
    if (parser.position != text.length()) {
      return null;
    }
    if (!parser.onlyStrings) {
      throw new Malformed(
          "when using JSON array syntax, arrays must be comprised of strings only", text);
    }
    return strings;
  }

  private boolean array(@Nullable List<String> strings, int depth) {
    position++;
    skipBlanks();
    if (peek() == ']') {
      position++;
      return depth < MAX_DEPTH;
    }
    if (depth >= MAX_DEPTH) {
      return false;
    }
    while (true) {
      skipBlanks();
      if (peek() == '"') {
        StringBuilder value = new StringBuilder();
        if (!string(value)) {
          return false;
        }
        if (strings != null) {
          strings.add(value.toString());
        }
      } else {
        if (!value(depth + 1)) {
          return false;
        }
        if (strings != null) {
          onlyStrings = false;
        }
      }
      skipBlanks();
      int next = next();
      if (next == ']') {
        return true;
      }
      if (next != ',') {
        return false;
      }
    }
  }

  private boolean object(int depth) {
    position++;
    skipBlanks();
    if (peek() == '}') {
      position++;
      return true;
    }
    if (depth >= MAX_DEPTH) {
      return false;
    }
    while (true) {
      skipBlanks();
      if (peek() != '"' || !string(new StringBuilder())) {
        return false;
      }
      skipBlanks();
      if (next() != ':') {
        return false;
      }
      skipBlanks();
      if (!value(depth + 1)) {
        return false;
      }
      skipBlanks();
      int next = next();
      if (next == '}') {
        return true;
      }
      if (next != ',') {
        return false;
      }
    }
  }

  private boolean value(int depth) {
    return switch (peek()) {
      case '"' -> string(new StringBuilder());
      case '[' -> array(null, depth);
      case '{' -> object(depth);
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean literal(String word) {
    if (!text.startsWith(word, position)) {
      return false;
    }
    position += word.length();
    return true;
  }

  private boolean number() {
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.') {
      position++;
      if (!digits()) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    return position > start;
  }

  private boolean string(StringBuilder out) {
    position++;
    while (true) {
      int character = next();
      if (character == '"') {
        return true;
      }
      if (character < ' ') { // Control characters and the end of the text.
        return false;
      }
      if (character != '\\') {
        out.append((char) character);
      } else if (!escape(out)) {
        return false;
      }
    }
  }

  private boolean escape(StringBuilder out) {
    switch (next()) {
      case '"' -> out.append('"');
      case '\\' -> out.append('\\');
      case '/' -> out.append('/');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        int unit = hexadecimal();
        if (unit < 0) {
          return false;
        }
        if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", position)) {
          int mark = position;
          position += 2;
          int low = hexadecimal();
          if (low >= 0 && Character.isLowSurrogate((char) low)) {
            out.append((char) unit).append((char) low);
            return true;
          }
          position = mark;
        }
        // Half a pair stands for no character.
        out.append(Character.isSurrogate((char) unit) ? '\uFFFD' : (char) unit);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private int hexadecimal() {
    int unit = 0;
    for (int digit = 0; digit < 4; digit++) {
      int character = next();
      int value = character < 0 || character > 'f' ? -1 : Character.digit(character, 16);
      if (value < 0) {
        return -1;
      }
      unit = unit * 16 + value;
    }
    return unit;
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      position++;
    }
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : -1;
  }

  private int next() {
    return position < text.length() ? text.charAt(position++) : -1;
  }
}
