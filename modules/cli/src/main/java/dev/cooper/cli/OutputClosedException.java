package dev.cooper.cli;

import java.io.IOException;

/**
 * Nobody reads what this process prints any more, as when {@code head} has seen enough. There is
 * nobody to tell, so nothing is said, and the exit code is a shell's for SIGPIPE.
 */
public final class OutputClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** 128 and the number of SIGPIPE. */
  static final int EXIT_CODE = 141;

  public OutputClosedException() {
    super("nobody reads the output any more");
  }
}
