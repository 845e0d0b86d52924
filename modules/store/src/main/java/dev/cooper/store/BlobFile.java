package dev.cooper.store;

import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A blob on its way: a temporary file, hashed while it is written, renamed when it is committed.
 */
final class BlobFile implements BlobWriter {
  private static final int BUFFER = 256 << 10;

  private final Blobs blobs;
  private final Layout layout;
  private final Locks.Held lease;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest sha256 = Digest.newSha256();
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;
  private long written;
  private boolean done;

  private final OutputStream stream =
      new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          if (buffered == BUFFER) {
            drain();
          }
          buffer[buffered++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          Objects.checkFromIndexSize(offset, length, bytes.length);
          if (length > BUFFER - buffered) {
            drain();
          }
          if (length >= BUFFER) {
            append(bytes, offset, length);
          } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
          }
        }
      };

  BlobFile(Blobs blobs, Layout layout, Locks.Held lease) throws IOException {
    this.blobs = blobs;
    this.layout = layout;
    this.lease = lease;
    try {
      file = TemporaryNames.in(layout.temporary());
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      lease.close();
      throw StoreFailures.explain(e, layout, "start a blob");
    }
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  private void drain() throws IOException {
    append(buffer, 0, buffered);
    buffered = 0;
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    if (done) {
      throw new IOException("the blob is committed or closed");
    }
    sha256.update(bytes, offset, length);
    // In pieces, since the JDK copies a heap buffer whole into native memory.
    int end = offset + length;
    try {
      for (int position = offset; position < end; ) {
        position +=
            channel.write(ByteBuffer.wrap(bytes, position, Math.min(BUFFER, end - position)));
      }
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "write a blob");
    }
    written += length;
  }

  @Override
  public Digest commit() throws IOException {
    drain();
    return keep(Digest.ofSha256(sha256.digest()));
  }

  @Override
  public Digest commit(Digest expected) throws IOException {
    drain();
    Digest found =
        expected.algorithm().equals("sha256") ? Digest.ofSha256(sha256.digest()) : hash(expected);
    if (!found.equals(expected)) {
      throw new CooperException.Corrupt(
          "content does not match its digest: expected " + expected + ", found " + found);
    }
    return keep(expected);
  }

  /** Algorithms other than SHA-256 are so rare that the file is read again for them. */
  private Digest hash(Digest expected) throws IOException {
    MessageDigest hash = expected.newMessageDigest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[BUFFER];
      for (int count; (count = in.read(bytes)) >= 0; ) {
        hash.update(bytes, 0, count);
      }
    }
    return new Digest(expected.algorithm(), HexFormat.of().formatHex(hash.digest()));
  }

  /**
   * A blob that is there already stays: it may be sealed, which this copy is not yet. One of
   * another size cannot have this digest and is replaced.
   */
  private Digest keep(Digest digest) throws IOException {
    if (done) {
      throw new IllegalStateException("the blob is committed or closed");
    }
    try {
      channel.close();
      Path target = blobs.path(digest);
      if (!hasSize(target, written)) {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "keep a blob");
    } finally {
      close();
    }
    return digest;
  }

  private static boolean hasSize(Path path, long size) throws IOException {
    try {
      return Files.size(path) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      done = true;
      try {
        channel.close();
        Files.deleteIfExists(file);
      } finally {
        lease.close();
      }
    }
  }
}
