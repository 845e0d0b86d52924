package dev.cooper.explore.terminal;

import dev.cooper.explore.terminal.ExplorerKey.Action;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads keys as a terminal sends them. The letters after Ctrl are those of dive, but for Ctrl-M:
 * terminals send it for Enter, so that Ctrl-T is what hides changed files.
 */
public final class ExplorerKeys {
  /** Milliseconds after which an Escape stands alone. */
  private static final int PATIENCE = 30;

  private final InputStream in;

  /**
   * @param in a terminal in raw mode; {@code available} tells a lone Escape from the start of a
   *     longer key
   */
  public ExplorerKeys(InputStream in) {
    this.in = in;
  }

  /** The next key; waits for it. The end of input is {@link Action#QUIT}. */
  public ExplorerKey read() throws IOException {
    int c = in.read();
    return switch (c) {
      case -1, 3 -> ExplorerKey.of(Action.QUIT);
      case 0 -> ExplorerKey.of(Action.TOGGLE_ALL);
      case 1 -> ExplorerKey.of(Action.ADDED);
      case 2 -> ExplorerKey.of(Action.ATTRIBUTES);
      case 6 -> ExplorerKey.of(Action.FILTER);
      case 7 -> ExplorerKey.of(Action.LAYERS_TOGETHER);
      case 8, 0x7f -> ExplorerKey.of(Action.BACKSPACE);
      case 9 -> ExplorerKey.of(Action.SWITCH_PANE);
      case 12 -> ExplorerKey.of(Action.LAYER_ALONE);
      case 10, 13 -> ExplorerKey.of(Action.ENTER);
      case 15 -> ExplorerKey.of(Action.SORT);
      case 18 -> ExplorerKey.of(Action.REMOVED);
      case 20 -> ExplorerKey.of(Action.CHANGED);
      case 21 -> ExplorerKey.of(Action.UNCHANGED);
      case 27 -> escape();
      default ->
          c < 32 ? ExplorerKey.of(Action.ESCAPE) : new ExplorerKey(Action.CHARACTER, utf8(c));
    };
  }

  /** What follows Escape: {@code [A} and the like, {@code [5~}, or nothing. */
  private ExplorerKey escape() throws IOException {
    // Over a slow line the rest of a key comes a little later than its beginning.
    for (int waited = 0; in.available() == 0; waited++) {
      if (waited == PATIENCE) {
        return ExplorerKey.of(Action.ESCAPE);
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExplorerKey.of(Action.QUIT);
      }
    }
    int kind = in.read();
    if (kind != '[' && kind != 'O') {
      return ExplorerKey.of(Action.ESCAPE);
    }
    int number = 0;
    int c = in.read();
    while (c >= '0' && c <= '9' || c == ';') {
      number = c == ';' ? number : number * 10 + c - '0';
      c = in.read();
    }
    return ExplorerKey.of(
        switch (c) {
          case 'A' -> Action.UP;
          case 'B' -> Action.DOWN;
          case 'C' -> Action.RIGHT;
          case 'D' -> Action.LEFT;
          case 'H' -> Action.FIRST;
          case 'F' -> Action.LAST;
          case 'Z' -> Action.SWITCH_PANE;
          case '~' ->
              switch (number) {
                case 1, 7 -> Action.FIRST;
                case 4, 8 -> Action.LAST;
                case 5 -> Action.PAGE_UP;
                case 6 -> Action.PAGE_DOWN;
                default -> Action.ESCAPE;
              };
          default -> Action.ESCAPE;
        });
  }

  /** The rest of a character whose first byte is given; U+FFFD for what is not UTF-8. */
  private int utf8(int first) throws IOException {
    int more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : -1;
    if (more < 0) {
      return 0xfffd;
    }
    int point = more == 0 ? first : first & 0x3f >> more;
    for (int i = 0; i < more; i++) {
      int next = in.read();
      if ((next & 0xc0) != 0x80) {
        return 0xfffd;
      }
      point = point << 6 | next & 0x3f;
    }
    return Character.isValidCodePoint(point) ? point : 0xfffd;
  }
}
