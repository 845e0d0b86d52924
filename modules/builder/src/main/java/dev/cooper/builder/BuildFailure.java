package dev.cooper.builder;

import dev.cooper.image.CooperException;
import org.jspecify.annotations.Nullable;

/** A step that failed: where it is written, what it was, and why. */
public final class BuildFailure extends CooperException.Failed {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final int line;

  private BuildFailure(
      String message, @Nullable String hint, @Nullable Throwable cause, int exitCode, int line) {
    super(message, hint, cause);
    this.exitCode = exitCode;
    this.line = line;
  }

  /** A failure at a line of a Dockerfile, with whatever caused it. */
  static BuildFailure at(String file, int line, String why, @Nullable Throwable cause) {
    String hint = cause instanceof CooperException known ? known.hint().orElse(null) : null;
    return new BuildFailure(place(file, line) + why, hint, cause, 1, line);
  }

  /** The command of a RUN that ended with another exit code than 0. */
  static BuildFailure ofCommand(String file, int line, String command, int code) {
    return new BuildFailure(
        place(file, line) + "The command '" + command + "' returned a non-zero code: " + code,
        null,
        null,
        code,
        line);
  }

  private static String place(String file, int line) {
    return line > 0 ? file + ":" + line + ": " : file + ": ";
  }

  /** The line of the Dockerfile; 0 for a step that is not written there. */
  public int line() {
    return line;
  }

  /** The code of the command that failed, as {@code docker build} exits; else 1. */
  @Override
  public int exitCode() {
    return exitCode;
  }
}
