package dev.cooper.cli.explore;

import java.util.Arrays;
import java.util.List;

/**
 * The screen of a terminal that knows what the explorer sends: cursor home, line ends, erasing a
 * line, colours, the alternate screen. Anything else is a mistake and is kept.
 */
final class Screen {
  private final int columns;
  private final StringBuilder[] lines;
  private final StringBuilder unknown = new StringBuilder();
  private int row;
  private int column;
  private boolean alternate;

  Screen(int rows, int columns) {
    this.columns = columns;
    lines = new StringBuilder[rows];
    clear();
  }

  /** Takes what a program wrote. */
  void write(String text) {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        int end = i + 1;
        while (end < text.length() && !Character.isLetter(text.charAt(end))) {
          end++;
        }
        if (end == text.length()) {
          return;
        }
        escape(text.substring(i + 1, end + 1));
        i = end + 1;
      } else {
        put(c);
        i++;
      }
    }
  }

  private void escape(String sequence) {
    switch (sequence) {
      case "[H" -> {
        row = 0;
        column = 0;
      }
      case "[2K" -> lines[row].setLength(0);
      case "[?1049h" -> {
        alternate = true;
        clear();
      }
      case "[?1049l" -> alternate = false;
      case "[?25l", "[?25h" -> {}
      default -> {
        if (!sequence.matches("\\[[0-9]*m")) {
          unknown.append("ESC").append(sequence);
        }
      }
    }
  }

  private void put(char c) {
    if (c == '\r') {
      column = 0;
    } else if (c == '\n') {
      row++;
      if (row == lines.length) {
        unknown.append("scrolled");
        row--;
      }
    } else if (c < ' ' || c == 0x7f) {
      unknown.append("control ").append((int) c);
    } else {
      if (column == columns) {
        unknown.append("wrapped");
        return;
      }
      while (lines[row].length() <= column) {
        lines[row].append(' ');
      }
      lines[row].setCharAt(column++, c);
    }
  }

  private void clear() {
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new StringBuilder();
    }
    row = 0;
    column = 0;
  }

  /** The lines, without blanks at their ends. */
  List<String> lines() {
    return Arrays.stream(lines).map(line -> line.toString().stripTrailing()).toList();
  }

  String text() {
    return String.join("\n", lines());
  }

  /** Whether the alternate screen is on, so that the user's own text is kept. */
  boolean isAlternate() {
    return alternate;
  }

  /** What a terminal would not have shown as it was meant. */
  String mistakes() {
    return unknown.toString();
  }
}
