package dev.cooper.image.layer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes full buffers to a stream in a thread of its own, so that reading files and hashing and
 * storing their bytes go on at once. The thread starts with the second buffer: a small layer needs
 * none.
 */
final class BackgroundBuffers implements TarBuffers, Closeable {
  private static final int BUFFERS = 4;
  private static final Full END = new Full(new byte[0], 0);

  private record Full(byte[] bytes, int length) {}

  private final OutputStream out;
  private final BlockingQueue<Full> full = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BUFFERS);
  private int buffers = 1;
  private @Nullable Full first;
  private @Nullable Thread thread;
  private volatile @Nullable Throwable failure;

  BackgroundBuffers(OutputStream out) {
    this.out = out;
  }

  @Override
  public byte[] exchange(byte[] bytes, int length) throws IOException {
    throwFailure();
    Full given = new Full(bytes, length);
    Full waiting = first;
    if (thread == null && waiting == null) {
      first = given;
    } else {
      if (waiting != null) {
        first = null;
        start();
        put(waiting);
      }
      put(given);
    }
    byte[] free = empty.poll();
    if (free != null) {
      return free;
    }
    if (buffers < BUFFERS) {
      buffers++;
      return new byte[CAPACITY];
    }
    return take();
  }

  /** Waits until all is written. */
  void finish() throws IOException {
    Full waiting = first;
    if (waiting != null) {
      first = null;
      out.write(waiting.bytes(), 0, waiting.length());
    }
    Thread running = thread;
    if (running != null) {
      thread = null;
      put(END);
      try {
        running.join();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    throwFailure();
  }

  /** Gives up what is not written yet, and waits for the thread to end. */
  @Override
  public void close() {
    first = null;
    Thread running = thread;
    if (running != null) {
      thread = null;
      full.clear();
      full.add(END);
      boolean interrupted = false;
      while (running.isAlive()) {
        try {
          running.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start() {
    Thread started = new Thread(this::run, "layer-writer");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  private void run() {
    while (true) {
      Full next;
      try {
        next = full.take();
      } catch (InterruptedException e) {
        failure = e;
        return;
      }
      if (next.length() == 0) {
        return;
      }
      // After a failure buffers still go round, so that the writer never waits in vain.
      if (failure == null) {
        write(next);
      }
      empty.add(next.bytes());
    }
  }

  private void write(Full next) {
    try {
      out.write(next.bytes(), 0, next.length());
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  private void put(Full given) throws IOException {
    try {
      full.put(given);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private byte[] take() throws IOException {
    try {
      return empty.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while a layer was written");
  }

  private void throwFailure() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw new IOException(e.getMessage(), e);
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException("the layer could not be written", e);
    }
  }
}
