package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), all members of it, checking each one's length and CRC. The JDK's
 * own stream decides by {@code available()} whether another member follows, and so may stop too
 * early. Zeros after the last member are padding.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER = 64 << 10;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long consumed;
  private boolean ended;

  GzipStream(InputStream in) throws IOException {
    this.in = in;
    if (!header()) {
      throw corrupt("no gzip header");
    }
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
    while (!ended) {
      int n = inflate(target, offset, length);
      if (n > 0) {
        crc.update(target, offset, n);
        return n;
      }
      if (inflater.finished()) {
        trailer();
        ended = !header();
      } else if (inflater.needsDictionary()) {
        throw corrupt("needs a dictionary");
      } else if (inflater.needsInput()) {
        if (at == end) {
          fill();
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  /** Passes over a member's header; false when there is no further member. */
  private boolean header() throws IOException {
    if (at == end && !more()) {
      return false;
    }
    int first = next();
    while (first == 0) {
      if (at == end && !more()) {
        return false;
      }
      first = next();
    }
    if (first != 0x1F || next() != 0x8B || next() != 8) {
      throw corrupt("not a gzip header");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    return true;
  }

  private void trailer() throws IOException {
    at = end - inflater.getRemaining();
    if (word() != crc.getValue()) {
      throw corrupt("checksum mismatch");
    }
    if (word() != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw corrupt("length mismatch");
    }
  }

  private long word() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // the name or comment is of no interest
    }
  }

  private int next() throws IOException {
    if (at == end) {
      fill();
    }
    return buffer[at++] & 0xFF;
  }

  private void fill() throws IOException {
    if (!more()) {
      throw corrupt("it ends early");
    }
  }

  private boolean more() throws IOException {
    consumed += end;
    at = 0;
    end = 0;
    int n;
    do {
      n = in.read(buffer, 0, BUFFER);
    } while (n == 0);
    end = Math.max(n, 0);
    return n > 0;
  }

  private CooperException corrupt(String what) {
    return new CooperException.Corrupt(
        "damaged or truncated gzip stream near byte " + (consumed + at) + ": " + what);
  }
}
