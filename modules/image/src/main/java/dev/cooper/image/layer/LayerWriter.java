package dev.cooper.image.layer;

import dev.cooper.image.BlobSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;

/** Writes an uncompressed layer into a sink: tar, digest and table of contents in one pass. */
public final class LayerWriter implements Closeable {
  private LayerWriter() {}

  public static LayerWriter to(BlobSink sink) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Adopts an uncompressed tar as it is, byte for byte, reading its table on the way. */
  public static Layer adopt(InputStream tar, BlobSink sink) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Adds an entry without contents. */
  public void add(TarEntry entry) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Adds a file with exactly its size of bytes from the stream, which stays open. */
  public void add(TarEntry entry, InputStream content) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Adds a file with exactly its size of bytes from the channel, which stays open. */
  public void add(TarEntry entry, ReadableByteChannel content) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Ends the layer and makes it a blob. */
  public Layer finish() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Drops the layer unless it is finished. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
