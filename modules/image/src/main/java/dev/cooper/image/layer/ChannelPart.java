package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Part of a channel as a channel to be read. Closing it leaves the whole one open. */
final class ChannelPart implements SeekableByteChannel {
  private final SeekableByteChannel channel;
  private final long offset;
  private final long size;
  private long position;

  ChannelPart(SeekableByteChannel channel, long offset, long size) {
    this.channel = channel;
    this.offset = offset;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    int limit = target.limit();
    target.limit(target.position() + (int) Math.min(target.remaining(), size - position));
    int n = readAt(target);
    target.limit(limit);
    if (n < 0) {
      throw new CooperException.Corrupt(
          "layer ends at byte " + (offset + position) + ", in the middle of a file");
    }
    position += n;
    return n;
  }

  private int readAt(ByteBuffer target) throws IOException {
    if (channel instanceof FileChannel file) {
      return file.read(target, offset + position);
    }
    synchronized (channel) {
      channel.position(offset + position);
      return channel.read(target);
    }
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
    return channel.isOpen();
  }

  @Override
  public void close() {}
}
