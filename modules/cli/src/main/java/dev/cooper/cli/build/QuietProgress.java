package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Says nothing but what the processes wrote, and that only when the build fails. */
final class QuietProgress implements ShownProgress {
  private static final int KEPT = 1 << 20;

  private final PrintStream error;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  QuietProgress(PrintStream error) {
    this.error = error;
  }

  @Override
  public void report(BuildEvent event) {
    if (event instanceof BuildEvent.Output written && output.size() < KEPT) {
      output.writeBytes(written.bytes());
    }
  }

  /** If the build failed, tells what its processes had to say. */
  @Override
  public void end(boolean success) {
    if (!success) {
      error.writeBytes(output.toByteArray());
      error.flush();
    }
  }
}
