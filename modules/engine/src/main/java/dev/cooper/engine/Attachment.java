package dev.cooper.engine;

import io.avaje.jsonb.Json;

/** Which of a container's streams a command is attached to. */
@Json
public record Attachment(boolean input, boolean output, boolean error) {
  /** None: a detached start. */
  public static final Attachment NONE = new Attachment(false, false, false);

  /** Standard output and error. */
  public static final Attachment OUTPUT = new Attachment(false, true, true);

  /** All three. */
  public static final Attachment ALL = new Attachment(true, true, true);

  /** Whether there is any. */
  public boolean any() {
    return input || output || error;
  }
}
