package dev.cooper.cli.containers;

import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.engine.StartFailure;
import java.io.PrintStream;

/** How {@code run}, {@code create} and {@code start} tell that they themselves failed. */
final class RunFailure {
  private static final int OWN_FAILURE = 125;
  private static final int NOT_FOUND = 127;

  private RunFailure() {}

  /** Prints the failure in Docker's manner and returns 125, 126 or 127. */
  static int report(Exception failure, Invocation invocation, String command) {
    invocation.console().out().flush();
    PrintStream error = invocation.console().error();
    error.println("cooper: " + Failures.message(failure));
    Failures.hint(failure, error);
    if (!(failure instanceof StartFailure)) {
      error.println("See 'cooper " + command + " --help'.");
    }
    if (invocation.debug()) {
      failure.printStackTrace(error);
    }
    if (failure instanceof StartFailure start) {
      return start.exitCode();
    }
    // Docker's client goes by these words, whatever it is that does not exist.
    return String.valueOf(failure.getMessage()).contains("no such file or directory")
        ? NOT_FOUND
        : OWN_FAILURE;
  }
}
