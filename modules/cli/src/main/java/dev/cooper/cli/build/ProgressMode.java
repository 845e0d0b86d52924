package dev.cooper.cli.build;

import dev.cooper.cli.Console;
import dev.cooper.cli.UsageException;
import dev.cooper.linux.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to show a build. */
enum ProgressMode {
  AUTO,
  PLAIN,
  TTY,
  RAWJSON,
  QUIET;

  /** Docker's own variable for the same. */
  private static final String VARIABLE = "BUILDKIT_PROGRESS";

  /**
   * The mode that a flag names, else the variable.
   *
   * @throws UsageException for one that is none
   */
  static ProgressMode parse(@Nullable String flag) {
    String text = flag != null ? flag : System.getenv(VARIABLE);
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "", "auto" -> AUTO;
      case "plain" -> PLAIN;
      case "tty" -> TTY;
      case "rawjson" -> RAWJSON;
      case "quiet", "none" -> QUIET;
      default ->
          throw new UsageException(
              "unsupported progress type: " + text + " (auto, none, plain, quiet, rawjson, tty)",
              "cooper build --help");
    };
  }

  /**
   * Begins to show a build.
   *
   * @param plain where plain words go
   */
  ShownProgress open(Console console, PrintStream plain) {
    return switch (this) {
      case AUTO ->
          Terminal.is(Terminal.OUTPUT) && Terminal.is(Terminal.ERROR)
              ? tty(console)
              : new PlainProgress(plain, console.error());
      case PLAIN -> new PlainProgress(plain, console.error());
      case TTY -> tty(console);
      case RAWJSON -> new RawJsonProgress(console.error());
      case QUIET -> new QuietProgress(console.error());
    };
  }

  private static ShownProgress tty(Console console) {
    LiveView view = new LiveView(console.error(), () -> Terminal.size(Terminal.ERROR));
    return TerminalProgress.start(view, System.getenv("NO_COLOR") == null);
  }
}
