package dev.cooper.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory: a source and a sink. */
public final class MemoryBlobs implements BlobSource, BlobSink {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  public Map<Digest, byte[]> blobs() {
    return blobs;
  }

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
    return new MemoryChannel(get(digest));
  }

  @Override
  public BlobWriter begin() {
    return new Writer();
  }

  private byte[] get(Digest digest) {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      throw new CooperException.NotFound("no blob " + digest);
    }
    return bytes;
  }

  private final class Writer implements BlobWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public OutputStream stream() {
      return bytes;
    }

    @Override
    public Digest commit() {
      Digest digest = Digest.sha256(bytes.toByteArray());
      blobs.put(digest, bytes.toByteArray());
      return digest;
    }

    @Override
    public Digest commit(Digest expected) {
      byte[] hash = expected.newMessageDigest().digest(bytes.toByteArray());
      if (!HexFormat.of().formatHex(hash).equals(expected.hex())) {
        throw new CooperException.Corrupt("expected " + expected);
      }
      blobs.put(expected, bytes.toByteArray());
      return expected;
    }

    @Override
    public void close() {}
  }

  /** A byte array as a channel for reading. */
  public static final class MemoryChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private int position;

    public MemoryChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      if (position >= bytes.length) {
        return -1;
      }
      int n = Math.min(target.remaining(), bytes.length - position);
      target.put(bytes, position, n);
      position += n;
      return n;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long changed) {
      position = Math.toIntExact(changed);
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
