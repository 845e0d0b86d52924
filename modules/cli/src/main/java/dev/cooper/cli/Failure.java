package dev.cooper.cli;

import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a user sees of an exception: one line, perhaps a hint, and an exit code. */
final class Failure {
  private Failure() {}

  /** Prints the failure and returns the exit code. */
  static int report(Throwable failure, boolean debug, PrintStream error) {
    error.println("Error: " + VisibleText.ofMessage(message(failure)));
    String hint = hint(failure);
    if (hint != null) {
      error.println("Hint: " + VisibleText.ofMessage(hint));
    }
    if (debug) {
      failure.printStackTrace(error);
    } else if (!(failure instanceof CooperException) && isUnexpected(failure)) {
      error.println("Hint: this is a bug in Cooper; cooper --debug … prints where it happened");
    }
    return failure instanceof CooperException known ? known.exitCode() : 1;
  }

  /** What the user could do; null when there is nothing better to say than the message. */
  static @Nullable String hint(Throwable failure) {
    if (failure instanceof CooperException known) {
      return known.hint().orElse(null);
    }
    boolean full =
        failure instanceof IOException
            && message(failure).toLowerCase(Locale.ROOT).contains("no space left on device");
    return full
        ? "free some space (cooper system df shows what takes it, cooper system prune removes what"
            + " nothing uses), or keep everything on a larger disk with --root"
        : null;
  }

  private static boolean isUnexpected(Throwable failure) {
    return failure instanceof RuntimeException || failure instanceof java.lang.Error;
  }

  static String message(Throwable failure) {
    String text = failure.getMessage();
    return switch (failure) {
      case NoSuchFileException e -> e.getFile() + ": no such file or directory";
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case FileSystemException e when e.getReason() != null ->
          (e.getFile() == null ? "" : e.getFile() + ": ") + e.getReason();
      case InterruptedException e -> "canceled";
      case RuntimeException e when !(e instanceof CooperException) ->
          e.getClass().getSimpleName() + (text == null ? "" : ": " + text);
      default -> text == null ? failure.getClass().getSimpleName() : text;
    };
  }
}
