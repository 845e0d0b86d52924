package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses to one gzip member (RFC 1952) on several processors. The input is cut into pieces of a
 * fixed size; each is deflated by itself, with the end of the piece before as its dictionary, and
 * ends on a byte boundary (RFC 1951, an empty stored block), so that the pieces can be put one
 * after the other. The bytes do not depend on the number of threads, nor on the sizes of the
 * writes.
 */
final class ParallelGzip extends OutputStream {
  private static final int PIECE = 512 << 10;
  private static final int DICTIONARY = 32 << 10;

  /** No name, no time, unknown system: nothing that changes from one run to the next. */
  private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

  private final OutputStream out;
  private final int level;
  private final int threads;
  private final ExecutorService workers;
  private final Deque<Future<Deflated>> pieces = new ArrayDeque<>();
  private final CRC32 crc = new CRC32();
  private byte[] piece = new byte[PIECE];
  private int filled;
  private byte @Nullable [] before;
  private long size;
  private boolean closed;

  private record Deflated(byte[] bytes, int length) {}

  ParallelGzip(OutputStream out, int level, int threads) throws IOException {
    this.out = out;
    this.level = level;
    this.threads = threads;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "gzip");
              thread.setDaemon(true);
              return thread;
            });
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    crc.update(bytes, offset, length);
    size += length;
    for (int done = 0; done < length; ) {
      if (filled == PIECE) {
        submit(false);
      }
      int n = Math.min(length - done, PIECE - filled);
      System.arraycopy(bytes, offset + done, piece, filled, n);
      filled += n;
      done += n;
    }
  }

  /**
   * Writes the last piece and the trailer, and closes the stream below. A second call does nothing.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      submit(true);
      while (!pieces.isEmpty()) {
        writeFirst();
      }
      byte[] trailer = new byte[8];
      for (int i = 0; i < 4; i++) {
        trailer[i] = (byte) (crc.getValue() >> 8 * i);
        trailer[4 + i] = (byte) (size >> 8 * i);
      }
      out.write(trailer);
    } finally {
      workers.shutdownNow();
    }
  }

  private void submit(boolean last) throws IOException {
    byte[] input = piece;
    int length = filled;
    byte[] dictionary = before;
    pieces.add(workers.submit(() -> deflate(input, length, dictionary, last)));
    before = input;
    piece = last ? input : new byte[PIECE];
    filled = 0;
    if (pieces.size() > 2 * threads) {
      writeFirst();
    }
  }

  private void writeFirst() throws IOException {
    try {
      Deflated first = pieces.remove().get();
      out.write(first.bytes(), 0, first.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while compressing");
    } catch (ExecutionException e) {
      throw new IOException("compression failed", e.getCause());
    }
  }

  private Deflated deflate(byte[] input, int length, byte @Nullable [] dictionary, boolean last) {
    Deflater deflater = new Deflater(level, true);
    try {
      if (dictionary != null) {
        deflater.setDictionary(dictionary, PIECE - DICTIONARY, DICTIONARY);
      }
      deflater.setInput(input, 0, length);
      if (last) {
        deflater.finish();
      }
      int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      byte[] output = new byte[length + (length >> 8) + 64];
      int at = 0;
      while (true) {
        int n = deflater.deflate(output, at, output.length - at, mode);
        at += n;
        // Room left over says that all is out; without it there may be more.
        if (at < output.length && (n == 0 || !last || deflater.finished())) {
          return new Deflated(output, at);
        }
        if (at == output.length) {
          output = Arrays.copyOf(output, output.length * 2);
        }
      }
    } finally {
      deflater.end();
    }
  }
}
