package dev.cooper.runtime;

import dev.cooper.linux.FileHandle;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Copies from a pipe until its end, on a thread of its own. */
final class Pump {
  private static final int CHUNK = 8192;

  private final FileHandle from;
  private final OutputStream to;
  private final Thread thread;
  private volatile @Nullable IOException failure;

  private Pump(FileHandle from, OutputStream to) {
    this.from = from;
    this.to = to;
    this.thread = Thread.ofPlatform().daemon().name("pump").unstarted(this::copy);
  }

  static Pump start(FileHandle from, OutputStream to) {
    Pump pump = new Pump(from, to);
    pump.thread.start();
    return pump;
  }

  /** Waits for the end; throws what writing threw. */
  void finish() throws IOException {
    Tool.join(thread);
    IOException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }

  private void copy() {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int read; (read = from.read(buffer, 0, CHUNK)) >= 0; ) {
        if (failure == null) {
          try {
            to.write(buffer, 0, read);
            to.flush();
          } catch (IOException e) {
            // Reading goes on, so that the writer is not stopped by a reader that went away.
            failure = e;
          }
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }
}
