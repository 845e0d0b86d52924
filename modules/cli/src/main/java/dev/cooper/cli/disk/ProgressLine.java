package dev.cooper.cli.disk;

import dev.cooper.cli.Console;
import dev.cooper.disk.Progress;
import dev.cooper.linux.Terminal;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that tells how far a disk is; on anything else nothing. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final long INTERVAL = 100_000_000;
  private static final int WIDTH = 30;

  private final @Nullable PrintStream terminal;
  private long last;
  private boolean shown;

  private ProgressLine(@Nullable PrintStream terminal) {
    this.terminal = terminal;
  }

  static ProgressLine on(Console console, boolean quiet) {
    return new ProgressLine(!quiet && Terminal.is(Terminal.ERROR) ? console.error() : null);
  }

  @Override
  public void at(String step, long done, long total) {
    long now = System.nanoTime();
    if (terminal == null || (shown && now - last < INTERVAL)) {
      return;
    }
    last = now;
    shown = true;
    StringBuilder line = new StringBuilder("\r\033[K").append(step);
    if (total > 0) {
      int filled = (int) (WIDTH * Math.min(done, total) / total);
      line.append(" [")
          .append("=".repeat(filled))
          .append(" ".repeat(WIDTH - filled))
          .append("] ")
          .append(100 * Math.min(done, total) / total)
          .append('%');
    }
    terminal.print(line);
    terminal.flush();
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (terminal != null && shown) {
      terminal.print("\r\033[K");
      terminal.flush();
      shown = false;
    }
  }
}
