package dev.cooper.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A blob while it is written. Nothing is visible until {@link #commit}; closing without it leaves
 * nothing behind.
 */
public interface BlobWriter extends Closeable {
  /**
   * Where the bytes go; always the same stream. The sink computes SHA-256 as they pass, so that
   * nobody reads them twice. Prefers large writes. Closing the stream does nothing.
   */
  OutputStream stream();

  /**
   * Makes what was written a blob, durably, and returns its SHA-256 digest. When the sink holds the
   * blob already, the new copy is dropped. May be called once.
   *
   * @throws IOException when the bytes cannot be kept; then there is no new blob
   */
  Digest commit() throws IOException;

  /**
   * As {@link #commit()}, only if the bytes have the digest expected, of any algorithm.
   *
   * @throws CooperException.Corrupt when they have another; then there is no new blob
   */
  Digest commit(Digest expected) throws IOException;

  /** Drops what was written and not committed. A second call does nothing. */
  @Override
  void close() throws IOException;
}
