package dev.cooper.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** A sparse file's contents: its stored pieces with zeros between them. */
final class SparseStream extends InputStream {
  private final InputStream stored;
  private final SparseMap map;
  private final long size;
  private long at;
  private int piece;

  /**
   * @param stored the pieces one after the other; closed with this
   * @param size the size of the file, zeros included
   */
  SparseStream(InputStream stored, SparseMap map, long size) {
    this.stored = stored;
    this.map = map;
    this.size = size;
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
    while (piece < map.pieces() && at >= map.offset(piece) + map.length(piece)) {
      piece++;
    }
    if (at >= size) {
      return -1;
    }
    long hole = (piece < map.pieces() ? map.offset(piece) : size) - at;
    if (hole > 0) {
      int n = (int) Math.min(length, hole);
      Arrays.fill(target, offset, offset + n, (byte) 0);
      at += n;
      return n;
    }
    long left = map.offset(piece) + map.length(piece) - at;
    int n = stored.read(target, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw new dev.cooper.image.CooperException.Corrupt("sparse file ends early");
    }
    at += n;
    return n;
  }

  /** Passes over a hole at once, however long it is. */
  @Override
  public long skip(long count) throws IOException {
    while (piece < map.pieces() && at >= map.offset(piece) + map.length(piece)) {
      piece++;
    }
    long hole = (piece < map.pieces() ? map.offset(piece) : size) - at;
    if (hole <= 0) {
      return super.skip(count);
    }
    long skipped = Math.clamp(count, 0, hole);
    at += skipped;
    return skipped;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
