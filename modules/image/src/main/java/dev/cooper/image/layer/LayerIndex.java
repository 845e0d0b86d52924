package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
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
   * Reads through an uncompressed tar to the end of its last entry. The stream stays open.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is malformed or ends early
   */
  @SuppressWarnings("resource") // the reader is the stream, which is the caller's to close
  public static LayerIndex read(InputStream tar) throws IOException {
    return read(new TarReader(tar));
  }

  /**
   * Reads an uncompressed tar's headers, seeking over contents. The channel stays open.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is malformed or ends early
   */
  @SuppressWarnings("resource") // the reader is the channel, which is the caller's to close
  public static LayerIndex read(SeekableByteChannel tar) throws IOException {
    return read(new TarReader(tar));
  }

  /** Writes the compact form that {@link #load} reads; the same bytes for equal tables. */
  public void save(OutputStream out) throws IOException {
    out.write(IndexEncoder.encode(entries));
  }

  /**
   * Reads what {@link #save} wrote, to the stream's end.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is not that, is damaged, or was
   *     written by another version: then read the layer again
   */
  public static LayerIndex load(InputStream in) throws IOException {
    return new LayerIndex(IndexDecoder.decode(in.readAllBytes()));
  }

  private static LayerIndex read(TarReader tar) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      boolean file = entry.type() == EntryType.FILE;
      entries.add(new Entry(entry, file ? tar.contentOffset() : 0, file ? tar.sparse() : null));
    }
    return new LayerIndex(entries);
  }
}
