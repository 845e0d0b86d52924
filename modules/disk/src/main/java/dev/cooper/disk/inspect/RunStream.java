package dev.cooper.disk.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A file's bytes, one after the other. */
final class RunStream extends InputStream {
  /** Fills a buffer with the bytes from a place on. */
  @FunctionalInterface
  interface Source {
    void read(long offset, ByteBuffer into) throws IOException;
  }

  private final Source source;
  private final long size;
  private long at;

  RunStream(Source source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (at >= size) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, size - at);
    source.read(at, ByteBuffer.wrap(into, offset, count));
    at += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, size - at);
    at += skipped;
    return skipped;
  }
}
