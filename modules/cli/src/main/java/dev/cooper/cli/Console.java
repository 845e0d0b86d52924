package dev.cooper.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    PrintStream out = StandardOutput.to(new FileOutputStream(FileDescriptor.out));
    PrintStream error =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 1 << 12),
            true,
            StandardCharsets.UTF_8);
    return new Console(System.in, out, error);
  }

  /**
   * Standard output for what is not text: its failures are thrown, so that nobody goes on writing
   * to a reader who has gone.
   */
  public OutputStream bytes() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        complete();
      }

      @Override
      public void flush() throws IOException {
        complete();
      }
    };
  }

  /**
   * Writes out what is buffered.
   *
   * @throws OutputClosedException if the reader has gone
   * @throws IOException if something could not be written
   */
  public void complete() throws IOException {
    if (out instanceof StandardOutput standard) {
      standard.complete();
    } else {
      out.flush();
    }
  }
}
