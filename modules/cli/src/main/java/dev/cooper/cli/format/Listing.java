package dev.cooper.cli.format;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of things that have the same fields, printed as a table of chosen columns or through a
 * user's {@code --format}.
 */
public final class Listing {
  private final Map<String, String> headers;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /**
   * A list without rows.
   *
   * @param headers every field that a template may name, with the heading of its column
   */
  public Listing(Map<String, String> headers) {
    this.headers = headers;
  }

  /** Adds a row: field name to value. */
  public void row(Map<String, Object> fields) {
    rows.add(fields);
  }

  /**
   * Prints all rows.
   *
   * @param format Docker's {@code --format}: null, {@code table}, {@code table …}, {@code json} or
   *     a template
   * @param columns the fields to show when the format names none
   * @throws dev.cooper.image.CooperException.InvalidInput for a template that is wrong
   */
  public void print(@Nullable String format, List<String> columns, PrintStream out) {
    if (format == null || format.isEmpty() || format.equals("table")) {
      printColumns(columns, out);
    } else if (format.equals("json")) {
      for (Map<String, Object> row : rows) {
        out.println(JsonText.compact(row));
      }
    } else if (format.startsWith("table ")) {
      printTable(Template.parse(unescaped(format.substring("table ".length()))), out);
    } else {
      Template template = Template.parse(unescaped(format));
      for (Map<String, Object> row : rows) {
        out.println(template.render(row));
      }
    }
  }

  private void printColumns(List<String> columns, PrintStream out) {
    TextTable table = new TextTable();
    String[] head = new String[columns.size()];
    for (int i = 0; i < head.length; i++) {
      head[i] = String.valueOf(headers.get(columns.get(i)));
    }
    table.row(head);
    for (Map<String, Object> row : rows) {
      String[] cells = new String[head.length];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = String.valueOf(row.get(columns.get(i)));
      }
      table.row(cells);
    }
    table.print(out);
  }

  private void printTable(Template template, PrintStream out) {
    TextTable table = new TextTable();
    Map<String, Object> head = new LinkedHashMap<>(headers);
    table.row(template.render(head).split("\t", -1));
    for (Map<String, Object> row : rows) {
      for (String line : template.render(row).split("\n", -1)) {
        table.row(line.split("\t", -1));
      }
    }
    table.print(out);
  }

  /** A shell passes {@code \t} as two characters. */
  private static String unescaped(String format) {
    return format.replace("\\t", "\t").replace("\\n", "\n");
  }
}
