package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an archive through one large buffer, with their position. Over a channel, or a
 * stream of one, long stretches that nobody reads are skipped by seeking.
 */
final class TarInput implements Closeable {
  private static final int CAPACITY = 256 << 10;

  /** After a jump little is read at first, since another jump may follow. */
  private static final int AFTER_JUMP = 16 << 10;

  private final @Nullable InputStream stream;
  private final @Nullable SeekableByteChannel channel;
  private final long channelStart;
  private final byte[] buffer = new byte[CAPACITY];
  private final ByteBuffer window = ByteBuffer.wrap(buffer);
  private int at;
  private int end;
  private int ask = CAPACITY;

  /** The archive offset of {@code buffer[0]}. */
  private long base;

  TarInput(InputStream stream) {
    this.stream = stream;
    this.channel = null;
    this.channelStart = 0;
  }

  TarInput(SeekableByteChannel channel) throws IOException {
    this.stream = null;
    this.channel = channel;
    this.channelStart = channel.position();
    this.ask = AFTER_JUMP;
  }

  /** Where the next byte lies, counted from the start of the archive. */
  long position() {
    return base + at;
  }

  /**
   * Makes a block of 512 bytes available in {@link #buffer()} and passes over it.
   *
   * @return where it begins in the buffer, valid until the next read; -1 at the end of the archive
   * @throws CooperException.Corrupt when only part of a block is left
   */
  int block() throws IOException {
    if (end - at < TarHeader.BLOCK) {
      compact();
      while (end < TarHeader.BLOCK) {
        int n = readInto(end, CAPACITY - end);
        if (n < 0) {
          if (end == 0) {
            return -1;
          }
          throw truncated();
        }
        end += n;
      }
    }
    int start = at;
    at += TarHeader.BLOCK;
    return start;
  }

  byte[] buffer() {
    return buffer;
  }

  /**
   * Reads up to {@code length} bytes, 1 or more of them. At the end of the archive it is Corrupt.
   */
  int read(byte[] target, int offset, int length) throws IOException {
    if (at == end) {
      base += end;
      at = 0;
      end = 0;
      if (length >= CAPACITY && stream != null) {
        int n = stream.read(target, offset, length);
        if (n < 0) {
          throw truncated();
        }
        base += n;
        return n;
      }
      int n = readInto(0, CAPACITY);
      if (n < 0) {
        throw truncated();
      }
      end = n;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, n);
    at += n;
    return n;
  }

  /** Reads exactly so many bytes, for headers that were checked to be small. */
  byte[] exactly(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int n = 0; n < length; ) {
      n += read(bytes, n, length - n);
    }
    return bytes;
  }

  /** Passes over bytes; a channel seeks. */
  void skip(long count) throws IOException {
    int buffered = (int) Math.min(count, end - at);
    at += buffered;
    long left = count - buffered;
    if (left == 0) {
      return;
    }
    if (channel != null && left >= AFTER_JUMP) {
      long target = position() + left;
      if (channelStart + target > channel.size()) {
        base = channel.size() - channelStart;
        at = 0;
        end = 0;
        throw truncated();
      }
      channel.position(channelStart + target);
      base = target;
      at = 0;
      end = 0;
      ask = AFTER_JUMP;
      return;
    }
    if (stream instanceof ChannelStream part && left >= AFTER_JUMP) {
      base += end;
      at = 0;
      end = 0;
      ask = AFTER_JUMP;
      long skipped = part.skip(left);
      base += skipped;
      if (skipped < left) {
        throw truncated();
      }
      return;
    }
    while (left > 0) {
      base += end;
      at = 0;
      end = 0;
      int n = readInto(0, CAPACITY);
      if (n < 0) {
        throw truncated();
      }
      end = n;
      at = (int) Math.min(left, n);
      left -= at;
    }
  }

  /** Passes over less than a block of padding; false when the archive ends in it. */
  boolean skipPadding(int count) throws IOException {
    if (end - at < count) {
      compact();
      while (end < count) {
        int n = readInto(end, CAPACITY - end);
        if (n < 0) {
          at = end;
          return false;
        }
        end += n;
      }
    }
    at += count;
    return true;
  }

  CooperException truncated() {
    return new CooperException.Corrupt(
        "truncated tar archive: it ends at byte " + (base + end), "fetch or make it again");
  }

  CooperException corrupt(long offset, String what) {
    return new CooperException.Corrupt("malformed tar archive at byte " + offset + ": " + what);
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    if (channel != null) {
      channel.close();
    }
  }

  /** Moves what is left in the buffer to its beginning. */
  private void compact() {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    base += at;
    end -= at;
    at = 0;
  }

  private int readInto(int offset, int most) throws IOException {
    int length = Math.min(most, ask);
    ask = Math.min(ask * 2, CAPACITY);
    if (stream != null) {
      int n;
      do {
        n = stream.read(buffer, offset, length);
      } while (n == 0);
      return n;
    }
    if (channel == null) {
      throw new IllegalStateException("neither stream nor channel");
    }
    window.limit(offset + length).position(offset);
    int n;
    do {
      n = channel.read(window);
    } while (n == 0);
    return n;
  }
}
