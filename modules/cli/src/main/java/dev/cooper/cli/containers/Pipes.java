package dev.cooper.cli.containers;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Joins something that writes a stream to something that reads one. */
final class Pipes {
  private static final int SIZE = 1 << 18;

  private Pipes() {}

  /** Writes a stream, and may fail. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** Reads a stream, and may fail. */
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  /** Runs both at once; the writer's failure is the one told when both fail. */
  static void connect(Writer writer, Reader reader) throws IOException {
    PipedInputStream in = new PipedInputStream(SIZE);
    PipedOutputStream out = new PipedOutputStream(in);
    FutureTask<Boolean> writing =
        new FutureTask<>(
            () -> {
              try (out) {
                writer.write(out);
              }
              return true;
            });
    Thread.ofPlatform().daemon().name("copy").start(writing);
    IOException failed = null;
    RuntimeException refused = null;
    try (in) {
      reader.read(in);
      // What is behind the archive's end is read too, or the writer would never be done.
      long unused = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      failed = e;
    } catch (RuntimeException e) {
      refused = e;
    }
    try {
      boolean unused = writing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CooperException cause) {
        throw cause;
      }
      if (failed == null && refused == null) {
        throw new IOException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while copying", e);
    }
    if (failed != null) {
      throw failed;
    }
    if (refused != null) {
      throw refused;
    }
  }
}
