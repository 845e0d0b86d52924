package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container or a process in it that did not start, in Docker's words: {@code OCI runtime create
 * failed: runc create failed: unable to start container process: exec: "/x": permission denied:
 * unknown.}
 */
public final class RuntimeFailure extends CooperException.Failed {
  private static final long serialVersionUID = 1;

  private static final int OTHER = 125;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final Pattern EXEC = Pattern.compile("exec: \"((?:[^\"\\\\]|\\\\.)*)\": (.*)");

  private final int exitCode;
  private final @Nullable String program;
  private final @Nullable String reason;

  private RuntimeFailure(
      String message, int exitCode, @Nullable String program, @Nullable String reason) {
    super(message);
    this.exitCode = exitCode;
    this.program = program;
    this.reason = reason;
  }

  /**
   * A failure that the runtime reported.
   *
   * @param action what was asked of it: {@code create}, {@code start}, {@code exec}
   * @param said its own words, such as {@code runc create failed: …}
   */
  static RuntimeFailure of(String action, String said) {
    String words = said.strip();
    Matcher exec = EXEC.matcher(words);
    boolean execution = action.equals("exec");
    // Docker's commands end the one in a full stop, and the other not.
    String message =
        "OCI runtime " + action + " failed: " + words + ": unknown" + (execution ? "" : ".");
    if (exec.find()) {
      return new RuntimeFailure(message, exitCode(exec.group(2)), exec.group(1), exec.group(2));
    }
    return new RuntimeFailure(message, execution ? NOT_EXECUTABLE : exitCode(words), null, null);
  }

  private static int exitCode(String reason) {
    if (reason.contains("executable file not found") || reason.contains("no such file or dir")) {
      return NOT_FOUND;
    }
    if (reason.contains("permission denied")
        || reason.contains("is a directory")
        || reason.contains("exec format error")) {
      return NOT_EXECUTABLE;
    }
    return OTHER;
  }

  /** 127 if the program was not found, 126 if it cannot be executed, otherwise 125. */
  @Override
  public int exitCode() {
    return exitCode;
  }

  /** The program that could not be executed, as it was given; null if that was not the trouble. */
  public @Nullable String program() {
    return program;
  }

  /** Why not, such as {@code permission denied}; null if that was not the trouble. */
  public @Nullable String reason() {
    return reason;
  }
}
