package dev.cooper.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A user's own input and output joined to a container's until either side is done. */
public final class AttachedSession {
  private static final int CHUNK = 8 * 1024;

  private AttachedSession() {}

  /** How it ended. */
  public enum End {
    /** The process has ended. */
    PROCESS_ENDED,
    /** The user pressed the detach keys; the container goes on. */
    DETACHED
  }

  /**
   * Copies both ways until the process ends or the detach keys are pressed; then closes {@code
   * attachment}. A thread that waits for input may outlive the call, and dies with the virtual
   * machine.
   *
   * @param input what to give it; null for nothing, which leaves its input open
   * @param output flushed after each piece; if it fails (its reader went away), reading goes on
   * @param error likewise
   */
  public static End run(
      Attachment attachment,
      @Nullable InputStream input,
      OutputStream output,
      OutputStream error,
      DetachKeys keys)
      throws IOException {
    AtomicBoolean detached = new AtomicBoolean();
    if (input != null) {
      Thread.ofPlatform()
          .daemon()
          .name("container-input")
          .start(() -> forward(input, attachment, keys, detached));
    }
    Attachment.Sink sink =
        (kind, bytes, offset, length) -> {
          OutputStream to = kind == OutputKind.STANDARD_ERROR ? error : output;
          to.write(bytes, offset, length);
          to.flush();
        };
    try (attachment) {
      boolean more = true;
      while (more) {
        more = attachment.read(sink);
      }
    }
    return detached.get() ? End.DETACHED : End.PROCESS_ENDED;
  }

  private static void forward(
      InputStream input, Attachment attachment, DetachKeys keys, AtomicBoolean detached) {
    byte[] buffer = new byte[CHUNK];
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    try {
      for (int read; (read = input.read(buffer)) >= 0; ) {
        boolean pressed = keys.scan(buffer, read, passed);
        if (passed.size() > 0) {
          attachment.write(passed.toByteArray(), 0, passed.size());
          passed.reset();
        }
        if (pressed) {
          detached.set(true);
          attachment.close();
          return;
        }
      }
      attachment.closeInput();
    } catch (IOException e) {
      attachment.closeInput();
    }
  }
}
