package dev.cooper.cli.containers;

import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.engine.StartFailure;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;

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
    // Docker's client goes by these words of the engine's, whatever it is that does not exist. A
    // file that the command itself was to read is another matter.
    boolean missing =
        String.valueOf(failure.getMessage()).contains("no such file or directory")
            && !(failure.getCause() instanceof NoSuchFileException);
    return missing ? NOT_FOUND : OWN_FAILURE;
  }
}
