package dev.cooper.image.layer;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a layer's uncompressed tar, wherever the blob lies and however it is packed. Safe
 * for use by several threads at once.
 *
 * <p>An uncompressed blob is read in place, at any position. Of a compressed one the first {@link
 * #open} unpacks all of it into a temporary file, which is gone when this is closed; whoever reads
 * in the order of storage uses {@link #scan} and needs no such file.
 */
public final class LayerBlob implements Closeable {
  private static final int COPY = 256 << 10;

  private final BlobSource blobs;
  private final Descriptor blob;
  private final Digest diffId;
  private @Nullable Compression compression;
  private @Nullable SeekableByteChannel plain;
  private boolean closed;

  /**
   * @param blob the layer's blob, of any packing
   * @param diffId the digest of its uncompressed tar
   */
  public LayerBlob(BlobSource blobs, Descriptor blob, Digest diffId) {
    this.blobs = blobs;
    this.blob = blob;
    this.diffId = diffId;
  }

  /**
   * Reads the layer's table of contents; of an uncompressed blob only the headers are read.
   *
   * @throws CooperException.NotFound when the source does not have the blob
   * @throws CooperException.Corrupt when it is not a tar, is damaged or cut short
   */
  public LayerIndex readIndex() throws IOException {
    try {
      LayerIndex index = read();
      // A tar that is cut where no entry is looks whole.
      long stored = blobs.size(blob.digest());
      if (stored != blob.size()) {
        throw new CooperException.Corrupt("it has " + stored + " bytes, not " + blob.size());
      }
      return index;
    } catch (CooperException.Corrupt e) {
      throw named(e);
    }
  }

  private LayerIndex read() throws IOException {
    if (compression() == Compression.NONE) {
      try (SeekableByteChannel channel = blobs.channel(blob.digest())) {
        return LayerIndex.read(channel);
      }
    }
    try (InputStream in = uncompressed()) {
      return LayerIndex.read(in);
    }
  }

  /** The whole uncompressed tar from its first byte. The caller closes it. */
  public InputStream uncompressed() throws IOException {
    return compression().decompress(blobs.open(blob.digest()));
  }

  /**
   * A file's contents, holes filled in. The caller closes it.
   *
   * @throws CooperException.Corrupt when the layer is damaged, or does not have its digest
   */
  public InputStream open(LayerIndex.Entry file) throws IOException {
    long size = file.entry().size();
    SparseMap sparse = file.sparse();
    if (sparse == null) {
      return size == 0
          ? InputStream.nullInputStream()
          : new ChannelStream(plain(), file.offset(), size);
    }
    return new SparseStream(
        new ChannelStream(plain(), file.offset(), sparse.stored()), sparse, size);
  }

  /**
   * A file's contents to be read here and there: nothing else of it is read. Closing it does
   * nothing; it can be read until this is closed.
   *
   * @return null where that takes more than a look into the blob, since it is packed or the file
   *     has holes: {@link #open} and {@link #scan} read these, too
   */
  public @Nullable SeekableByteChannel channel(LayerIndex.Entry file) throws IOException {
    return file.sparse() == null && compression() == Compression.NONE
        ? new ChannelPart(plain(), file.offset(), file.entry().size())
        : null;
  }

  /** Starts to read files in the order in which they are stored. The caller closes it. */
  public Scan scan() throws IOException {
    SeekableByteChannel open = opened();
    if (open != null || compression() == Compression.NONE) {
      SeekableByteChannel channel = plain();
      return new Scan(new TarInput(new ChannelStream(channel, 0, channel.size())));
    }
    return new Scan(new TarInput(uncompressed()));
  }

  /** Closes the blob and removes the temporary file; a second call does nothing. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (plain != null) {
      plain.close();
      plain = null;
    }
  }

  private synchronized @Nullable SeekableByteChannel opened() {
    return plain;
  }

  private synchronized Compression compression() throws IOException {
    Compression known = compression;
    if (known == null) {
      byte[] head = new byte[Compression.MAGIC_LENGTH];
      try (InputStream in = blobs.open(blob.digest())) {
        known = Compression.detect(head, in.readNBytes(head, 0, head.length));
      }
      compression = known;
    }
    return known;
  }

  private synchronized SeekableByteChannel plain() throws IOException {
    if (closed) {
      throw new IOException("layer " + blob.digest() + " is closed");
    }
    SeekableByteChannel channel = plain;
    if (channel == null) {
      channel = compression() == Compression.NONE ? blobs.channel(blob.digest()) : spool();
      plain = channel;
    }
    return channel;
  }

  private SeekableByteChannel spool() throws IOException {
    Path file = Files.createTempFile("cooper-layer-", ".tar");
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    boolean whole = false;
    try (InputStream in = uncompressed()) {
      OutputStream out = Channels.newOutputStream(channel);
      MessageDigest hash = diffId.newMessageDigest();
      byte[] buffer = new byte[COPY];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      if (!java.util.HexFormat.of().formatHex(hash.digest()).equals(diffId.hex())) {
        throw new CooperException.Corrupt(
            "its uncompressed bytes do not have the digest " + diffId);
      }
      whole = true;
      return channel;
    } catch (CooperException.Corrupt e) {
      throw named(e);
    } finally {
      if (!whole) {
        channel.close();
      }
    }
  }

  private CooperException named(CooperException.Corrupt e) {
    return new CooperException.Corrupt(
        "layer " + blob.digest() + ": " + e.getMessage(), e.hint().orElse(null), e);
  }

  /** One pass over the layer, from its beginning to its end. For one thread. */
  public final class Scan implements Closeable {
    private final TarInput in;

    private Scan(TarInput in) {
      this.in = in;
    }

    /**
     * A file's contents, holes filled in; valid until the next call. Closing it does nothing.
     *
     * @param file one that is stored after all that were asked for before
     * @throws IllegalArgumentException when it is stored before
     */
    public InputStream next(LayerIndex.Entry file) throws IOException {
      try {
        SparseMap sparse = file.sparse();
        long stored = sparse == null ? file.entry().size() : sparse.stored();
        if (stored > 0) {
          if (file.offset() < in.position()) {
            throw new IllegalArgumentException(file.entry().path() + " is stored before");
          }
          in.skip(file.offset() - in.position());
        }
        InputStream content = new ScanStream(stored);
        return sparse == null ? content : new SparseStream(content, sparse, file.entry().size());
      } catch (CooperException.Corrupt e) {
        throw named(e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private final class ScanStream extends InputStream {
      private long left;

      ScanStream(long left) {
        this.left = left;
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
        if (left == 0) {
          return -1;
        }
        try {
          int n = in.read(target, offset, (int) Math.min(length, left));
          left -= n;
          return n;
        } catch (CooperException.Corrupt e) {
          throw named(e);
        }
      }
    }
  }
}
