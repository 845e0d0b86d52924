package dev.cooper.dockerfile;

import java.util.List;

/** Texts in columns. */
final class Columns {
  private Columns() {}

  /** Rows of equal length, cells but the last padded to their column's width and a gap. */
  static String render(List<List<String>> rows, int gap) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        widths[column] = Math.max(widths[column], cell.codePointCount(0, cell.length()));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        out.append(cell);
        if (column < columns - 1) {
          out.repeat(' ', widths[column] + gap - cell.codePointCount(0, cell.length()));
        }
      }
      out.append('\n');
    }
    return out.toString();
  }
}
