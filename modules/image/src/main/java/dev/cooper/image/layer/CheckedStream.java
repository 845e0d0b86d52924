package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * A library's decompressor whose every complaint about the bytes is {@link
 * CooperException.Corrupt}, while failures of the stream below pass as they are.
 */
final class CheckedStream extends InputStream {
  private static final int BUFFER = 64 << 10;

  /** Makes the decompressor; it may read the first bytes already. */
  interface Opener {
    InputStream open(InputStream raw) throws IOException;
  }

  private final Source source;
  private final InputStream plain;
  private final String format;

  private CheckedStream(Source source, Opener opener, String format) throws IOException {
    this.source = source;
    this.format = format.toLowerCase(Locale.ROOT);
    try {
      this.plain = opener.open(new BufferedInputStream(source, BUFFER));
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  static InputStream over(InputStream raw, Opener opener, String format) throws IOException {
    return new CheckedStream(new Source(raw), opener, format);
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
    try {
      int n;
      do {
        n = plain.read(target, offset, length);
      } while (n == 0);
      return n;
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() throws IOException {
    plain.close();
    source.close();
  }

  private IOException failure(Exception e) {
    if (e instanceof IOException io && source.failed) {
      return io;
    }
    if (e instanceof CooperException known) {
      throw known;
    }
    String reason = e.getMessage();
    throw new CooperException.Corrupt(
        "damaged or truncated "
            + format
            + " stream: "
            + (reason == null ? "it ends too early" : reason),
        null,
        e);
  }

  /** The stream below, remembering whether a failure was its own. */
  private static final class Source extends FilterInputStream {
    private boolean failed;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
