package dev.cooper.registry;

import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Transfers side by side, as many at once as Docker does. The first that fails stops the others,
 * and its failure is the failure of all.
 */
final class SideBySide implements Closeable {
  private static final int AT_ONCE = 3;

  /** One transfer. */
  interface Work {
    void run() throws IOException;
  }

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("blob-", 0).factory());
  private final ExecutorCompletionService<Boolean> ended = new ExecutorCompletionService<>(threads);
  private final List<Future<Boolean>> begun = new ArrayList<>();

  void add(Work work) {
    begun.add(
        ended.submit(
            () -> {
              work.run();
              return true;
            }));
  }

  /** Waits for all. */
  void await() throws IOException {
    try {
      for (int i = 0; i < begun.size(); i++) {
        boolean unused = ended.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while blobs were moved");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case CooperException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        default -> throw new IOException(e.getCause());
      }
    }
  }

  /** Stops what still runs, and waits until it has let go of its files. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
