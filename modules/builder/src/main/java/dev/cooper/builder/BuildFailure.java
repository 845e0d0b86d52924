package dev.cooper.builder;

import dev.cooper.image.CooperException;
import org.jspecify.annotations.Nullable;

/** A step that failed: where it is written, what it was, and why. */
public final class BuildFailure extends CooperException.Failed {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final int line;
  private final String excerpt;
  private final String lastOutput;

  private BuildFailure(
      String message,
      @Nullable String hint,
      @Nullable Throwable cause,
      int exitCode,
      int line,
      String excerpt,
      String lastOutput) {
    super(message, hint, cause);
    this.exitCode = exitCode;
    this.line = line;
    this.excerpt = excerpt;
    this.lastOutput = lastOutput;
  }

  /** A failure at a line of a Dockerfile, with whatever caused it. */
  static BuildFailure at(
      String file, int line, String why, @Nullable Throwable cause, String excerpt) {
    String hint = cause instanceof CooperException known ? known.hint().orElse(null) : null;
    return new BuildFailure(place(file, line) + why, hint, cause, 1, line, excerpt, "");
  }

  /**
   * The command of a RUN that ended with another exit code than 0.
   *
   * @param hint what to do next; null if that was done already
   */
  static BuildFailure ofCommand(
      String file,
      BuildEvent.Step step,
      String command,
      int code,
      String excerpt,
      LastOutput output,
      @Nullable String hint) {
    return new BuildFailure(
        place(file, step.line())
            + "The command '"
            + command
            + "' returned a non-zero code: "
            + code,
        hint,
        null,
        code,
        step.line(),
        excerpt,
        output.text());
  }

  private static String place(String file, int line) {
    return line > 0 ? file + ":" + line + ": " : file + ": ";
  }

  /** The line of the Dockerfile; 0 for a step that is not written there. */
  public int line() {
    return line;
  }

  /** The lines of the Dockerfile around the step; empty for one that is not written there. */
  public String excerpt() {
    return excerpt;
  }

  /** What the step's command wrote last, a few lines; empty if it wrote nothing or is none. */
  public String lastOutput() {
    return lastOutput;
  }

  /** The code of the command that failed, as {@code docker build} exits; else 1. */
  @Override
  public int exitCode() {
    return exitCode;
  }
}
