package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/** Part of a channel as a stream. Many may read one channel at once; closing leaves it open. */
final class ChannelStream extends InputStream {
  private final SeekableByteChannel channel;
  private long at;
  private long left;

  ChannelStream(SeekableByteChannel channel, long offset, long length) {
    this.channel = channel;
    this.at = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int n = readAt(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)));
    if (n < 0) {
      throw new CooperException.Corrupt("layer ends at byte " + at + ", in the middle of a file");
    }
    at += n;
    left -= n;
    return n;
  }

  @Override
  public long skip(long count) {
    long n = Math.max(0, Math.min(count, left));
    at += n;
    left -= n;
    return n;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private int readAt(ByteBuffer target) throws IOException {
    if (channel instanceof FileChannel file) {
      return file.read(target, at);
    }
    synchronized (channel) {
      channel.position(at);
      return channel.read(target);
    }
  }
}
