package dev.cooper.cli.base;

import dev.cooper.cli.Console;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.linux.Terminal;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that tells how large a layer has become; on anything else nothing. */
final class SizeLine implements AutoCloseable {
  private static final long INTERVAL = 200_000_000;

  private final @Nullable PrintStream terminal;
  private final long begin = System.nanoTime();
  private long last = begin;
  private boolean shown;

  private SizeLine(@Nullable PrintStream terminal) {
    this.terminal = terminal;
  }

  static SizeLine on(Console console, boolean quiet) {
    return new SizeLine(!quiet && Terminal.is(Terminal.ERROR) ? console.error() : null);
  }

  /** The layer has so many bytes by now. */
  void at(long bytes) {
    long now = System.nanoTime();
    if (terminal == null || now - last < INTERVAL) {
      return;
    }
    last = now;
    shown = true;
    terminal.print(
        "\r\033[Klayer: " + HumanSize.of(bytes) + " in " + (now - begin) / 1_000_000_000 + " s");
    terminal.flush();
  }

  /** Prints a line of its own where this one may be shown. */
  static void above(String text, Console console) {
    console.error().println(Terminal.is(Terminal.ERROR) ? "\r\033[K" + text : text);
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (terminal != null && shown) {
      terminal.print("\r\033[K");
      terminal.flush();
    }
  }
}
