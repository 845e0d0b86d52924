package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer's table of contents: every entry in the order of the tar, and where its bytes lie.
 *
 * @param entries the entries, whiteouts included
 */
public record LayerIndex(List<Entry> entries) {
  /**
   * @param entry what it is
   * @param offset where its contents begin in the uncompressed tar, in bytes; 0 when it has none
   * @param sparse how stored pieces make up the file; null when it is stored whole
   */
  public record Entry(TarEntry entry, long offset, @Nullable SparseMap sparse) {}

  public LayerIndex {
    entries = List.copyOf(entries);
  }

  /**
   * Reads through an uncompressed tar.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is malformed or ends early
   */
  public static LayerIndex read(InputStream tar) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads an uncompressed tar's headers, skipping over contents.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is malformed or ends early
   */
  public static LayerIndex read(SeekableByteChannel tar) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes the compact form that {@link #load} reads; the same bytes for equal tables. */
  public void save(OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is not that, is damaged, or was
   *     written by another version: then read the layer again
   */
  public static LayerIndex load(InputStream in) throws IOException {
    throw new UnsupportedOperationException();
  }
}
