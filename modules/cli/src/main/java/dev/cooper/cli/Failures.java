package dev.cooper.cli;

import dev.cooper.explore.fact.VisibleText;
import java.io.PrintStream;

/** The words for a failure, for commands that report some of their failures themselves. */
public final class Failures {
  private Failures() {}

  /** One line. */
  public static String message(Throwable failure) {
    return VisibleText.ofMessage(Failure.message(failure));
  }

  /** What the user could do, where it is known. */
  public static void hint(Throwable failure, PrintStream error) {
    String hint = Failure.hint(failure);
    if (hint != null) {
      error.println("Hint: " + VisibleText.ofMessage(hint));
    }
  }
}
