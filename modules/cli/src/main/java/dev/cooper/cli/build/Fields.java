package dev.cooper.cli.build;

import dev.cooper.cli.UsageException;
import java.util.ArrayList;
import java.util.List;

/** The fields of an option's value: separated by commas, in double quotes where they hold one. */
final class Fields {
  private Fields() {}

  /**
   * Splits a line as Go's {@code encoding/csv} does.
   *
   * @throws UsageException if a quote is not closed, or something follows it
   */
  static List<String> of(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder field = new StringBuilder();
        at = quoted(line, at + 1, field);
        fields.add(field.toString());
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        fields.add(line.substring(at, end));
        at = end + 1;
      }
    }
    return fields;
  }

  /** Reads to the closing quote and the comma after it; where the next field starts. */
  private static int quoted(String line, int start, StringBuilder field) {
    for (int at = start; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c != '"') {
        field.append(c);
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        field.append('"');
        at++;
      } else if (at + 1 == line.length() || line.charAt(at + 1) == ',') {
        return at + 2;
      } else {
        break;
      }
    }
    throw new UsageException(
        "invalid value: a quote is out of place in " + line, "cooper build --help");
  }
}
