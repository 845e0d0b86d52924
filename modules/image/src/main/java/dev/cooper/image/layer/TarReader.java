package dev.cooper.image.layer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Reads a tar archive. */
public final class TarReader implements Closeable {
  /** Reads a stream; closing the reader closes it. */
  public TarReader(InputStream in) {}

  /** Reads a channel from its position, seeking over contents that nobody reads. */
  public TarReader(SeekableByteChannel channel) {}

  /** The next entry; null at the end. */
  public @Nullable TarEntry next() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The current entry's contents, holes filled in; valid until {@link #next}. */
  public InputStream content() {
    throw new UnsupportedOperationException();
  }

  /** Where the current entry's stored contents begin, in bytes from the start of the archive. */
  public long contentOffset() {
    throw new UnsupportedOperationException();
  }

  /** How the current entry's stored pieces make up the file; null when it is stored whole. */
  public @Nullable SparseMap sparse() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
