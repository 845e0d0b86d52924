package dev.cooper.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a user should read: one line that says what failed and on what, and where possible
 * a hint that says what to do next.
 *
 * <p>The kinds say whose fault it is and let a door translate them (a command into an exit code, an
 * HTTP server into a status): {@link NotFound}, {@link Conflict}, {@link InvalidInput}, {@link
 * Corrupt}, {@link Failed}. Other modules may extend a kind to carry more facts, never the base.
 */
public abstract sealed class CooperException extends RuntimeException
    permits CooperException.NotFound,
        CooperException.Conflict,
        CooperException.InvalidInput,
        CooperException.Corrupt,
        CooperException.Failed {
  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;

  private CooperException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What the user could do next, one sentence; empty when there is nothing better to say. */
  public final Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** The exit code of a command that ends with this failure; 1 unless a kind knows better. */
  public int exitCode() {
    return 1;
  }

  /** The message, never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The thing asked for does not exist: an image, a container, a blob, a path. */
  public static non-sealed class NotFound extends CooperException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message, null, null);
    }

    public NotFound(String message, @Nullable String hint) {
      super(message, hint, null);
    }

    public NotFound(String message, @Nullable String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }
  }

  /**
   * The request is sound, but what exists already is in its way: a name in use, a running
   * container.
   */
  public static non-sealed class Conflict extends CooperException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message, null, null);
    }

    public Conflict(String message, @Nullable String hint) {
      super(message, hint, null);
    }

    public Conflict(String message, @Nullable String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }
  }

  /** What the user gave (a name, a flag, a file) is not well formed or not allowed. */
  public static non-sealed class InvalidInput extends CooperException {
    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
      super(message, null, null);
    }

    public InvalidInput(String message, @Nullable String hint) {
      super(message, hint, null);
    }

    public InvalidInput(String message, @Nullable String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }
  }

  /** Stored or received bytes are not what they should be: truncated, malformed, another digest. */
  public static non-sealed class Corrupt extends CooperException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
      super(message, null, null);
    }

    public Corrupt(String message, @Nullable String hint) {
      super(message, hint, null);
    }

    public Corrupt(String message, @Nullable String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }
  }

  /** The request was sound, but carrying it out failed: a tool, the network, the kernel. */
  public static non-sealed class Failed extends CooperException {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
      super(message, null, null);
    }

    public Failed(String message, @Nullable String hint) {
      super(message, hint, null);
    }

    public Failed(String message, @Nullable String hint, @Nullable Throwable cause) {
      super(message, hint, cause);
    }
  }
}
