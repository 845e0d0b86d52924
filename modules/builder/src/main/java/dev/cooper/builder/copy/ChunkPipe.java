package dev.cooper.builder.copy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from a thread that reads files to one that writes a layer, in large pieces and
 * never more than a few of them: what memory a copy of any size takes.
 */
final class ChunkPipe {
  static final int CHUNK = 256 * 1024;
  private static final int QUEUED = 8;

  /** A piece; {@code failure} ends the pipe early. */
  private static final class Chunk {
    private final byte[] bytes = new byte[CHUNK];
    private int length;
    private boolean last;
    private @Nullable IOException failure;
  }

  private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(QUEUED);
  private final ConcurrentLinkedQueue<Chunk> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean abandoned;
  private Chunk filling = new Chunk();
  private @Nullable Chunk reading;
  private int position;

  /** The piece to be filled next: how it is reached depends on {@link #space}. */
  byte[] bytes() {
    return filling.bytes;
  }

  /** Where in {@link #bytes} the next byte goes. */
  int start() {
    return filling.length;
  }

  /** How many bytes may be put there; at least one. */
  int space() throws IOException {
    if (filling.length == CHUNK) {
      send(filling);
      Chunk next = idle.poll();
      filling = next == null ? new Chunk() : next;
      filling.length = 0;
    }
    return CHUNK - filling.length;
  }

  /** So many bytes were put. */
  void filled(int count) {
    filling.length += count;
  }

  /** No more will come. */
  void finish() throws IOException {
    filling.last = true;
    send(filling);
  }

  /** No more will come, for this reason, which the reader gets. */
  void fail(IOException failure) {
    filling.failure = failure;
    try {
      send(filling);
    } catch (IOException e) {
      // The reader has gone already.
    }
  }

  /** The reader will not take any more. */
  void abandon() {
    abandoned = true;
    queue.clear();
  }

  private void send(Chunk chunk) throws IOException {
    try {
      while (!queue.offer(chunk, 50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          throw new IOException("nobody reads any more");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /** The bytes of all files one after the other. */
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Chunk chunk = reading;
        if (chunk == null || position == chunk.length) {
          chunk = receive();
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk.bytes, position, bytes, offset, count);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
      }
    };
  }

  private Chunk receive() throws IOException {
    if (reading != null) {
      if (reading.last) {
        return reading;
      }
      idle.add(reading);
    }
    try {
      Chunk chunk = queue.take();
      reading = chunk;
      position = 0;
      if (chunk.failure != null) {
        throw chunk.failure;
      }
      return chunk;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }
}
