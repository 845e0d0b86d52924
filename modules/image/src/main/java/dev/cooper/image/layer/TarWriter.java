package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Writes a tar archive: the same bytes for the same entries, and the bytes that Go's archive/tar,
 * and so containerd and umoci, write for them. Headers are ustar; what does not fit (long or
 * non-ASCII names, large numbers, fractions of seconds, extended attributes) goes into a PAX header
 * before it, its records sorted. A directory's name ends in a slash.
 *
 * <p>The order of entries is the caller's: parents before what is in them, hard links after what
 * they link to. After a failure the archive cannot be continued.
 */
public final class TarWriter implements Closeable {
  private final TarBuffers sink;
  private final OutputStream out;
  private byte[] buffer = new byte[TarBuffers.CAPACITY];
  private ByteBuffer window = ByteBuffer.wrap(buffer);
  private int at;
  private long flushed;
  private long contentOffset;
  private boolean finished;

  /** Writes to a stream, in large pieces; closing the writer closes it. */
  public TarWriter(OutputStream out) {
    this(
        out,
        (full, length) -> {
          out.write(full, 0, length);
          return full;
        });
  }

  TarWriter(OutputStream out, TarBuffers sink) {
    this.out = out;
    this.sink = sink;
  }

  /**
   * Writes an entry without contents.
   *
   * @throws IllegalArgumentException when it is a file that has some
   */
  public void write(TarEntry entry) throws IOException {
    if (entry.size() != 0) {
      throw new IllegalArgumentException(entry.path() + " has contents");
    }
    header(entry);
  }

  /**
   * Writes an entry and exactly its size of bytes from the stream, which stays open.
   *
   * @throws CooperException.Failed when the stream ends before that
   */
  public void write(TarEntry entry, InputStream content) throws IOException {
    header(entry);
    long left = entry.size();
    while (left > 0) {
      room();
      int n = content.read(buffer, at, (int) Math.min(left, buffer.length - at));
      if (n < 0) {
        throw shrunk(entry, left);
      }
      at += n;
      left -= n;
    }
    pad(entry.size());
  }

  /**
   * Writes an entry and exactly its size of bytes from the channel, which stays open.
   *
   * @throws CooperException.Failed when the channel ends before that
   */
  public void write(TarEntry entry, ReadableByteChannel content) throws IOException {
    header(entry);
    long left = entry.size();
    while (left > 0) {
      room();
      window.limit(at + (int) Math.min(left, buffer.length - at)).position(at);
      int n = content.read(window);
      if (n < 0) {
        throw shrunk(entry, left);
      }
      at += n;
      left -= n;
    }
    pad(entry.size());
  }

  /** Where the last entry's contents begin, in bytes from the start of the archive. */
  public long contentOffset() {
    return contentOffset;
  }

  /** The bytes written so far. */
  public long size() {
    return flushed + at;
  }

  /**
   * Writes the end of the archive, two blocks of zeros, and flushes; the stream stays open. Nothing
   * can be written after it; a second call does nothing.
   */
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    zeros(2 * TarHeader.BLOCK);
    flush();
    finished = true;
    out.flush();
  }

  /** Finishes, and closes the stream. */
  @Override
  public void close() throws IOException {
    try (out) {
      finish();
    }
  }

  private void header(TarEntry entry) throws IOException {
    if (finished) {
      throw new IllegalStateException("the archive is finished");
    }
    byte[] pax = PaxHeader.records(entry);
    if (pax.length > 0) {
      block();
      UstarHeader.writePax(buffer, at, entry, pax.length);
      at += TarHeader.BLOCK;
      bytes(pax);
      pad(pax.length);
    }
    block();
    UstarHeader.write(buffer, at, entry, pax.length == 0);
    at += TarHeader.BLOCK;
    contentOffset = entry.type() == EntryType.FILE ? size() : 0;
  }

  /** Makes room for one block, and clears it. */
  private void block() throws IOException {
    if (buffer.length - at < TarHeader.BLOCK) {
      flush();
    }
    Arrays.fill(buffer, at, at + TarHeader.BLOCK, (byte) 0);
  }

  private void bytes(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      room();
      int n = Math.min(bytes.length - done, buffer.length - at);
      System.arraycopy(bytes, done, buffer, at, n);
      at += n;
      done += n;
    }
  }

  private void pad(long length) throws IOException {
    zeros((int) (-length & TarHeader.BLOCK - 1));
  }

  private void zeros(int count) throws IOException {
    for (int left = count; left > 0; ) {
      room();
      int n = Math.min(left, buffer.length - at);
      Arrays.fill(buffer, at, at + n, (byte) 0);
      at += n;
      left -= n;
    }
  }

  private void room() throws IOException {
    if (at == buffer.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (at > 0) {
      buffer = sink.exchange(buffer, at);
      window = ByteBuffer.wrap(buffer);
      flushed += at;
      at = 0;
    }
  }

  private static CooperException shrunk(TarEntry entry, long left) {
    return new CooperException.Failed(
        entry.path()
            + ": ended "
            + left
            + " bytes before its size of "
            + entry.size()
            + ": it changed while it was read");
  }
}
