package dev.cooper.flags;

/** A command line that cannot be read. The message is the one that Docker prints for it. */
public final class FlagException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlagException(String message) {
    super(message, null, false, false);
  }
}
