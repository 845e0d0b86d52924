package dev.cooper.linux;

/**
 * A terminal's size in characters.
 *
 * @param rows 0 to 65535; 0 means unknown
 * @param columns 0 to 65535; 0 means unknown
 */
public record TerminalSize(int rows, int columns) {
  public TerminalSize {
    if (rows < 0 || rows > 65535 || columns < 0 || columns > 65535) {
      throw new IllegalArgumentException("terminal size " + rows + "x" + columns);
    }
  }
}
