package dev.cooper.cli.format;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as Docker's command lays them out: three blanks apart, at least ten wide. */
public final class TextTable {
  private static final int GAP = 3;
  private static final int LEAST = 10;
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a row; the rows may have different numbers of cells. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** Prints all rows. The last cell of a row is not padded. */
  public void print(PrintStream out) {
    int columns = 0;
    for (String[] row : rows) {
      columns = Math.max(columns, row.length);
    }
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i + 1 < row.length; i++) {
        widths[i] = Math.max(widths[i], Math.max(LEAST, length(row[i]) + GAP));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        text.append(row[i]);
        if (i + 1 < row.length) {
          text.append(" ".repeat(widths[i] - length(row[i])));
        }
      }
      text.append('\n');
    }
    out.print(text);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
