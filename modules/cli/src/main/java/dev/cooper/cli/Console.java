package dev.cooper.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: the process's own streams, or a test's.
 *
 * @param in standard input
 * @param out results; buffered, flushed by the runner when the command ends
 * @param error diagnostics and progress; written through at once
 */
public record Console(InputStream in, PrintStream out, PrintStream error) {

  /** The streams of this process, in UTF-8 whatever the locale says. */
  public static Console system() {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8);
    PrintStream error =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 1 << 12),
            true,
            StandardCharsets.UTF_8);
    return new Console(System.in, out, error);
  }
}
