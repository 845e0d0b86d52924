package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InputStream;

/** Passes on what is read through it, and copies all of it into buffers on the way. */
final class CopyingStream extends InputStream {
  private final InputStream in;
  private final TarBuffers copy;
  private byte[] buffer = new byte[TarBuffers.CAPACITY];
  private int at;
  private int end;
  private long size;

  CopyingStream(InputStream in, TarBuffers copy) {
    this.in = in;
    this.copy = copy;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, n);
    at += n;
    return n;
  }

  /** Reads to the end, and hands over what is left. */
  void drain() throws IOException {
    do {
      at = end;
    } while (fill());
    if (end > 0) {
      buffer = copy.exchange(buffer, end);
      at = 0;
      end = 0;
    }
  }

  /** The bytes read from the stream so far. */
  long size() {
    return size;
  }

  /** Leaves the stream below open. */
  @Override
  public void close() {}

  private boolean fill() throws IOException {
    if (end == buffer.length) {
      buffer = copy.exchange(buffer, end);
      at = 0;
      end = 0;
    }
    int n = in.read(buffer, end, buffer.length - end);
    if (n > 0) {
      end += n;
      size += n;
    }
    return n >= 0;
  }
}
