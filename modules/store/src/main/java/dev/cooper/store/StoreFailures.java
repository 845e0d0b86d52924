package dev.cooper.store;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;

/** Turns what the file system says into what a user can act upon. */
final class StoreFailures {
  /** Less than this left counts as full: the kernel's own message may be in any language. */
  private static final long NOTHING_LEFT = 1 << 16;

  private StoreFailures() {}

  /**
   * An exception to throw instead of {@code failure}.
   *
   * @param what what was being done, as an infinitive: "write a blob"
   */
  static CooperException explain(IOException failure, Layout layout, String what) {
    return explain(failure, layout, what, " in the store at " + layout.root());
  }

  /** As {@link #explain}, for the store itself. */
  static CooperException explainOpening(IOException failure, Layout layout) {
    return explain(failure, layout, "open the store at ", layout.root().toString());
  }

  private static CooperException explain(
      IOException failure, Layout layout, String what, String where) {
    if (isFull(failure, layout)) {
      return new CooperException.Failed(
          "no space left on device: cannot " + what + where,
          "free some space, or keep the store on a larger disk with --root",
          failure);
    }
    if (failure instanceof AccessDeniedException) {
      return new CooperException.Failed(
          "permission denied: cannot " + what + where,
          "run as the store's owner, or choose another store with --root",
          failure);
    }
    return new CooperException.Failed(
        "cannot " + what + where + ": " + reason(failure), null, failure);
  }

  /** Whether it failed because there is no room. */
  static boolean isFull(IOException failure, Layout layout) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return true;
    }
    try {
      return !(failure instanceof AccessDeniedException)
          && Files.getFileStore(layout.root()).getUsableSpace() < NOTHING_LEFT;
    } catch (IOException e) {
      return false;
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getFile() + ": " + named.getReason();
    }
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
