package dev.cooper.disk.ext4;

import dev.cooper.disk.BlockOutput;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes on a thread of its own, so that the next bytes are read and gathered while the last ones
 * go out. What is handed over is written in the order in which it came.
 *
 * <p>For one thread; between its start and {@link #finish} nothing else may write to the output.
 */
final class WriteBehind implements Closeable {
  private static final int BUFFERS = 4;
  private static final int CAPACITY = 1 << 20;

  private record Piece(long offset, ByteBuffer data) {}

  private final BlockOutput output;
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Piece end = new Piece(-1, ByteBuffer.allocate(0));
  private final Thread writer;
  private volatile @Nullable Throwable failure;

  WriteBehind(BlockOutput output) {
    this.output = output;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(ByteBuffer.allocateDirect(CAPACITY));
    }
    writer = new Thread(this::writePieces, "disk-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * An empty buffer of 1 MiB to fill; waits until one has been written.
   *
   * @throws IOException when an earlier piece could not be written
   */
  ByteBuffer buffer() throws IOException {
    rethrow();
    try {
      return free.take().clear();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Hands a buffer of {@link #buffer} over, which is not the caller's any more. */
  void write(long offset, ByteBuffer filled) throws IOException {
    put(new Piece(offset, filled));
  }

  /**
   * Returns when all is written; nothing can be handed over after that.
   *
   * @throws IOException when a piece could not be written
   */
  void finish() throws IOException {
    put(end);
    try {
      writer.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    rethrow();
  }

  /** Gives up what is not written yet; does nothing after {@link #finish}. */
  @Override
  public void close() {
    writer.interrupt();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Piece piece) throws IOException {
    try {
      pieces.put(piece);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void writePieces() {
    try {
      for (Piece piece = pieces.take(); piece != end; piece = pieces.take()) {
        if (failure == null) {
          write(piece);
        }
        free.add(piece.data());
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for what is left.
    }
  }

  private void write(Piece piece) {
    try {
      output.write(piece.offset(), piece.data());
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  private void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while writing the disk");
  }
}
