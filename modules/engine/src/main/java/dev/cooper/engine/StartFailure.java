package dev.cooper.engine;

import dev.cooper.image.CooperException;
import org.jspecify.annotations.Nullable;

/** A container, or a process in one, that could not be started; the hint explains why. */
public final class StartFailure extends CooperException.Failed {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  StartFailure(String message, @Nullable String hint, int exitCode, Throwable cause) {
    super(message, hint, cause);
    this.exitCode = exitCode;
  }

  /** 126 when the program cannot be executed, 127 when it was not found, otherwise 125. */
  @Override
  public int exitCode() {
    return exitCode;
  }
}
