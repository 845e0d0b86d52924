package dev.cooper.image.layer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;

/** Writes a tar archive, the same bytes for the same entries. */
public final class TarWriter implements Closeable {
  public TarWriter(OutputStream out) {}

  /** Writes an entry without contents. */
  public void write(TarEntry entry) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes an entry and exactly its size of bytes from the stream, which stays open. */
  public void write(TarEntry entry, InputStream content) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes an entry and exactly its size of bytes from the channel, which stays open. */
  public void write(TarEntry entry, ReadableByteChannel content) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Where the last entry's contents begin, in bytes from the start of the archive. */
  public long contentOffset() {
    throw new UnsupportedOperationException();
  }

  /** Writes the end of the archive and flushes, without closing the stream. */
  public void finish() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Finishes, and closes the stream. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
