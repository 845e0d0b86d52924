package dev.cooper.cli.build;

import dev.cooper.linux.TerminalSize;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The last lines of a terminal, drawn again and again, under lines that stay. No line is longer
 * than the terminal is wide, and there are never more than it is high; after a resize, the lines
 * drawn before are reckoned with as the terminal has wrapped them.
 */
final class LiveView {
  private static final TerminalSize USUAL = new TerminalSize(24, 80);
  private static final String UP = "\u001b[%dA";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Supplier<Optional<TerminalSize>> terminal;
  private List<String> drawn = List.of();

  /**
   * @param terminal tells the terminal's size now
   */
  LiveView(PrintStream out, Supplier<Optional<TerminalSize>> terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The size to draw for. */
  TerminalSize size() {
    return terminal.get().orElse(USUAL);
  }

  /**
   * Writes lines that stay, and under them the lines that are replaced next time.
   *
   * @param live the first ones are left out where there is no room for all
   */
  void draw(List<String> lasting, List<String> live) {
    TerminalSize size = size();
    int room = Math.max(1, size.rows() - 1);
    List<String> shown = live.subList(Math.max(0, live.size() - room), live.size());
    StringBuilder text = new StringBuilder();
    int rows = 0;
    for (String line : drawn) {
      rows += Math.max(1, (TextWidth.of(line) + size.columns() - 1) / size.columns());
    }
    text.append('\r');
    if (rows > 0) {
      text.append(UP.formatted(rows));
    }
    text.append(ERASE_BELOW);
    lasting.forEach(line -> text.append(line).append('\n'));
    shown.forEach(line -> text.append(line).append('\n'));
    out.print(text);
    out.flush();
    drawn = List.copyOf(shown);
  }
}
