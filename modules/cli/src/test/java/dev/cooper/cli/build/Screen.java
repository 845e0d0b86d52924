package dev.cooper.cli.build;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of a terminal as a live view uses: it wraps, scrolls, moves up and erases. */
final class Screen extends OutputStream {
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int columns;
  private final int height;
  private int row;
  private int column;

  Screen(int columns, int height) {
    this.columns = columns;
    this.height = height;
  }

  @Override
  public void write(int b) {
    pending.write(b);
  }

  @Override
  public void flush() {
    String text = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0x1b) {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        sequence(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else if (c == '\n') {
        down();
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else {
        put(c);
      }
    }
  }

  private void sequence(String argument, char kind) {
    switch (kind) {
      case 'A' ->
          row = Math.max(Math.max(0, rows.size() - height), row - Integer.parseInt(argument));
      case 'J' -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        rows.subList(row + 1, rows.size()).clear();
      }
      case 'm' -> {}
      default -> throw new IllegalArgumentException("sequence " + argument + kind);
    }
  }

  private void put(char c) {
    if (column == columns) {
      down();
      column = 0;
    }
    StringBuilder line = rows.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }

  private void down() {
    row++;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  /** Makes it narrower; lines that are too long are wrapped, as terminals do. */
  void narrow(int changed) {
    List<StringBuilder> wrapped = new ArrayList<>();
    for (StringBuilder line : rows) {
      int at = 0;
      do {
        wrapped.add(new StringBuilder(line.substring(at, Math.min(line.length(), at + changed))));
        at += changed;
      } while (at < line.length());
    }
    rows.clear();
    rows.addAll(wrapped);
    columns = changed;
    row = rows.size() - 1;
  }

  /** All that was ever shown and not erased, blanks at the ends left out. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (StringBuilder line : rows) {
      lines.add(line.toString().stripTrailing());
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }
}
