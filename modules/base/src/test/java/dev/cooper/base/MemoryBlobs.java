package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Blobs in memory. */
final class MemoryBlobs implements BlobSource, BlobSink {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public boolean contains(Digest digest) {
    return blobs.containsKey(digest);
  }

  @Override
  public long size(Digest digest) {
    return get(digest).length;
  }

  @Override
  public InputStream open(Digest digest) {
    return new ByteArrayInputStream(get(digest));
  }

  @Override
  public SeekableByteChannel channel(Digest digest) {
    return new SeekableInMemoryByteChannel(get(digest));
  }

  private byte[] get(Digest digest) {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      throw new CooperException.NotFound("no blob " + digest);
    }
    return bytes;
  }

  @Override
  public BlobWriter begin() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return new BlobWriter() {
      @Override
      public OutputStream stream() {
        return out;
      }

      @Override
      public Digest commit() {
        Digest digest = Digest.sha256(out.toByteArray());
        blobs.put(digest, out.toByteArray());
        return digest;
      }

      @Override
      public Digest commit(Digest expected) {
        if (!Digest.sha256(out.toByteArray()).equals(expected)) {
          throw new CooperException.Corrupt("another digest than " + expected);
        }
        return commit();
      }

      @Override
      public void close() {}
    };
  }
}
