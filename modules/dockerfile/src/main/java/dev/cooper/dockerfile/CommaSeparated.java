package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of comma-separated values (RFC 4180, one record). */
final class CommaSeparated {
  private CommaSeparated() {}

  /**
   * @throws Malformed if the line is empty or a quote stands where none may
   */
  static List<String> fields(String line) {
    if (line.isEmpty()) {
      throw new Malformed("EOF", line);
    }
    List<String> fields = new ArrayList<>();
    int position = 0;
    while (true) {
      if (position < line.length() && line.charAt(position) == '"') {
        position = quoted(line, position + 1, fields);
      } else {
        int comma = line.indexOf(',', position);
        int end = comma < 0 ? line.length() : comma;
        String field = line.substring(position, end);
        int quote = field.indexOf('"');
        if (quote >= 0) {
          throw wrong(line, position + quote, "bare \" in non-quoted-field");
        }
        fields.add(field);
        position = end;
      }
      if (position >= line.length()) {
        return fields;
      }
      position++;
    }
  }

  /** Reads a field from behind its opening quote; gives the index of the comma or the end. */
  private static int quoted(String line, int start, List<String> fields) {
    StringBuilder field = new StringBuilder();
    int position = start;
    while (position < line.length()) {
      char character = line.charAt(position++);
      if (character != '"') {
        field.append(character);
      } else if (position < line.length() && line.charAt(position) == '"') {
        field.append('"');
        position++;
      } else if (position == line.length() || line.charAt(position) == ',') {
        fields.add(field.toString());
        return position;
      } else {
        throw wrong(line, position - 1, "extraneous or missing \" in quoted-field");
      }
    }
    throw wrong(line, position, "extraneous or missing \" in quoted-field");
  }

  private static Malformed wrong(String line, int index, String reason) {
    return new Malformed("parse error on line 1, column " + (index + 1) + ": " + reason, line);
  }
}
