package dev.cooper.image.layer;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an uncompressed layer into a sink: tar, digest and table of contents in one pass, the
 * sink's hashing and storing beside the reading of files.
 *
 * <p>Times lose their fraction of a second, as in Docker's layers. Entries go in as they come; the
 * caller gives parents before children and hard links after their file. A failed {@code add} leaves
 * a layer that can only be closed.
 */
public final class LayerWriter implements Closeable {
  private final BlobWriter blob;
  private final BackgroundBuffers buffers;
  private final TarWriter tar;
  private final List<LayerIndex.Entry> entries = new ArrayList<>();

  private LayerWriter(BlobWriter blob) {
    this.blob = blob;
    this.buffers = new BackgroundBuffers(blob.stream());
    this.tar = new TarWriter(OutputStream.nullOutputStream(), buffers);
  }

  /** Starts a layer. The caller closes the writer, finished or not. */
  public static LayerWriter to(BlobSink sink) throws IOException {
    return new LayerWriter(sink.begin());
  }

  /**
   * Adopts an uncompressed tar as a layer, byte for byte, reading its table of contents as it
   * passes. The stream is read to its end, and stays open.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is not a tar, or is cut short; then
   *     nothing is stored
   */
  public static Layer adopt(InputStream tar, BlobSink sink) throws IOException {
    return adopt(tar, sink, null);
  }

  /**
   * As {@link #adopt(InputStream, BlobSink)}, only if the tar has the digest expected.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it has another; then nothing is stored
   */
  public static Layer adopt(InputStream tar, BlobSink sink, @Nullable Digest expected)
      throws IOException {
    try (BlobWriter blob = sink.begin();
        BackgroundBuffers buffers = new BackgroundBuffers(blob.stream());
        CopyingStream copy = new CopyingStream(tar, buffers)) {
      LayerIndex index = LayerIndex.read(copy);
      copy.drain();
      buffers.finish();
      Digest digest = expected == null ? blob.commit() : blob.commit(expected);
      return layer(digest, copy.size(), index);
    }
  }

  /** Adds an entry without contents. */
  public void add(TarEntry entry) throws IOException {
    TarEntry stored = wholeSeconds(entry);
    tar.write(stored);
    entries.add(new LayerIndex.Entry(stored, tar.contentOffset(), null));
  }

  /**
   * Adds a file with exactly its size of bytes from the stream, which stays open.
   *
   * @throws dev.cooper.image.CooperException.Failed when the stream ends before that
   */
  public void add(TarEntry entry, InputStream content) throws IOException {
    TarEntry stored = wholeSeconds(entry);
    tar.write(stored, content);
    entries.add(new LayerIndex.Entry(stored, tar.contentOffset(), null));
  }

  /**
   * Adds a file with exactly its size of bytes from the channel, which stays open.
   *
   * @throws dev.cooper.image.CooperException.Failed when the channel ends before that
   */
  public void add(TarEntry entry, ReadableByteChannel content) throws IOException {
    TarEntry stored = wholeSeconds(entry);
    tar.write(stored, content);
    entries.add(new LayerIndex.Entry(stored, tar.contentOffset(), null));
  }

  /** The number of entries so far. */
  public int entries() {
    return entries.size();
  }

  /** Ends the layer and makes it a blob. May be called once. */
  public Layer finish() throws IOException {
    tar.finish();
    buffers.finish();
    return layer(blob.commit(), tar.size(), new LayerIndex(entries));
  }

  /** Drops the layer unless it is finished. A second call does nothing. */
  @Override
  public void close() throws IOException {
    buffers.close();
    blob.close();
  }

  private static Layer layer(Digest digest, long size, LayerIndex index) {
    return new Layer(Descriptor.of(MediaTypes.OCI_LAYER, digest, size), digest, index);
  }

  private static TarEntry wholeSeconds(TarEntry entry) {
    Instant modified = entry.modified();
    return modified.getNano() == 0
        ? entry
        : entry.withModified(Instant.ofEpochSecond(modified.getEpochSecond()));
  }
}
