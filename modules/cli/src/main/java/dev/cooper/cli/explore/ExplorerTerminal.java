package dev.cooper.cli.explore;

import dev.cooper.cli.Console;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.terminal.Explorer;
import dev.cooper.explore.terminal.ExplorerKey;
import dev.cooper.explore.terminal.ExplorerKeys;
import dev.cooper.explore.terminal.ExplorerScreen;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Signals;
import dev.cooper.linux.Terminal;
import dev.cooper.linux.TerminalSize;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Runs the explorer on this process's terminal until the user leaves it. */
final class ExplorerTerminal {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final TerminalSize USUAL = new TerminalSize(24, 80);

  private ExplorerTerminal() {}

  /** Whether keys can be read from, and a screen drawn on, a terminal. */
  static boolean isPossible() {
    return Terminal.is(Terminal.INPUT)
        && Terminal.is(Terminal.OUTPUT)
        && !"dumb".equals(System.getenv("TERM"));
  }

  static void run(ExploredImage image, Console console) throws IOException {
    Explorer explorer = new Explorer(image);
    PrintStream out = console.out();
    Terminal.RawMode raw;
    try {
      raw = Terminal.enterRawMode(Terminal.INPUT);
    } catch (LinuxException e) {
      throw new IOException("cannot read keys from the terminal: " + e.getMessage(), e);
    }
    Thread restore =
        new Thread(
            () -> {
              out.print(LEAVE);
              out.flush();
              raw.close();
            });
    Runtime.getRuntime().addShutdownHook(restore);
    try {
      out.print(ENTER);
      ExplorerKeys keys = new ExplorerKeys(new BufferedInputStream(console.in()));
      try (Signals.Handling resized = Signals.handle("WINCH", name -> draw(explorer, out))) {
        draw(explorer, out);
        while (!explorer.hasQuit()) {
          ExplorerKey key = keys.read();
          synchronized (explorer) {
            explorer.press(key);
          }
          draw(explorer, out);
        }
      }
    } finally {
      out.print(LEAVE);
      out.flush();
      raw.close();
      Runtime.getRuntime().removeShutdownHook(restore);
    }
  }

  /** Draws the whole screen, as large as the terminal is now: a resize asks for it too. */
  private static void draw(Explorer explorer, PrintStream out) {
    TerminalSize size = Terminal.size(Terminal.OUTPUT).orElse(USUAL);
    synchronized (explorer) {
      List<String> lines = ExplorerScreen.draw(explorer, size.rows(), size.columns());
      StringBuilder screen = new StringBuilder("\u001b[H");
      for (int i = 0; i < lines.size(); i++) {
        screen.append(i == 0 ? "" : "\r\n").append("\u001b[2K").append(lines.get(i));
      }
      out.print(screen);
      out.flush();
    }
  }
}
