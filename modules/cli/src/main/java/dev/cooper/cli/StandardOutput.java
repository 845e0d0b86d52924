package dev.cooper.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Results on their way out, buffered, in UTF-8. Where a {@link PrintStream} only knows that
 * something failed, this one keeps what it was: a reader who has gone is no failure, a full disk is
 * one.
 */
final class StandardOutput extends PrintStream {
  private static final int BUFFER = 1 << 16;

  private final Target target;

  private StandardOutput(Target target) {
    super(new BufferedOutputStream(target, BUFFER), false, StandardCharsets.UTF_8);
    this.target = target;
  }

  static StandardOutput to(OutputStream out) {
    return new StandardOutput(new Target(out));
  }

  /**
   * Writes out what is buffered.
   *
   * @throws OutputClosedException if the reader has gone
   * @throws IOException if anything written so far could not be written
   */
  void complete() throws IOException {
    flush();
    IOException failure = target.failure;
    if (failure != null) {
      String reason = String.valueOf(failure.getMessage());
      if (reason.contains("Broken pipe")) {
        throw new OutputClosedException();
      }
      throw new IOException("write to standard output: " + reason, failure);
    }
  }

  /** What is below, remembering the first failure. */
  private static final class Target extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    Target(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
