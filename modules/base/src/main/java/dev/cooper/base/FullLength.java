package dev.cooper.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A file of a running system, whose size was written down already: should it have become shorter
 * since, zeros follow, as in GNU tar.
 */
final class FullLength extends FilterInputStream {
  private long left;
  private boolean padded;

  FullLength(InputStream in, long size) {
    super(in);
    this.left = size;
  }

  /** Whether zeros stand for what is no longer there. */
  boolean isPadded() {
    return padded;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int n = padded ? -1 : super.read(bytes, offset, wanted);
    if (n < 0) {
      padded = true;
      Arrays.fill(bytes, offset, offset + wanted, (byte) 0);
      n = wanted;
    }
    left -= n;
    return n;
  }
}
