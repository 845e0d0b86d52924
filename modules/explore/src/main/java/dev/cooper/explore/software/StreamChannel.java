package dev.cooper.explore.software;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * A stream that can be read at any position: what has gone by is kept in memory, up to a limit,
 * beyond which reading fails.
 */
public final class StreamChannel implements SeekableByteChannel {
  private static final int LIMIT = 192 << 20;

  private final InputStream in;
  private final long size;
  private byte[] kept = new byte[4096];
  private int filled;
  private long position;

  /** Over the first {@code size} bytes of a stream, which stays open. */
  public StreamChannel(InputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long end = Math.min(size, position + target.remaining());
    if (position >= end) {
      return -1;
    }
    fill(end);
    int count = (int) Math.min(target.remaining(), filled - position);
    if (count <= 0) {
      return -1;
    }
    target.put(kept, (int) position, count);
    position += count;
    return count;
  }

  private void fill(long end) throws IOException {
    if (end <= filled) {
      return;
    }
    if (end > LIMIT) {
      throw new dev.cooper.elf.ElfFormatException("its headers lie too far into the file");
    }
    if (end > kept.length) {
      kept =
          Arrays.copyOf(
              kept, (int) Math.max(end, Math.min(size, Math.min(LIMIT, kept.length * 4L))));
    }
    filled += in.readNBytes(kept, filled, (int) end - filled);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
