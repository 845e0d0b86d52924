package dev.cooper.linux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work on a kernel thread of its own, which is gone afterwards with all that it changed. */
final class Threads {
  private Threads() {}

  static <T> T run(String name, FutureTask<T> task) throws IOException {
    Thread thread = Thread.ofPlatform().name(name).start(task);
    try {
      T result = task.get();
      thread.join();
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
