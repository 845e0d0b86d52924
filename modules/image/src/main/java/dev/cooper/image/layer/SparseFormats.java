package dev.cooper.image.layer;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The four ways in which GNU tar writes down the map of a sparse file. */
final class SparseFormats {
  /** A map longer than this is refused; GNU tar's own have a piece for each run of data. */
  private static final int PIECE_LIMIT = 1 << 20;

  private static final int OLD_MAP = 386;
  private static final int OLD_PIECES = 4;
  private static final int OLD_MORE = 482;
  static final int OLD_REAL_SIZE = 483;
  private static final int MORE_PIECES = 21;
  private static final int MORE_MORE = 504;
  private static final int PIECE_LENGTH = 24;

  private SparseFormats() {}

  /** The old GNU format: four pieces in the header, more in blocks that follow it. */
  static SparseMap old(TarInput in, int header, long size) throws IOException {
    Numbers numbers = new Numbers();
    byte[] buffer = in.buffer();
    long at = in.position();
    boolean more = oldPieces(numbers, buffer, header + OLD_MAP, OLD_PIECES, header + OLD_MORE);
    while (more) {
      at = in.position();
      int block = in.block();
      if (block < 0) {
        throw in.truncated();
      }
      more = oldPieces(numbers, buffer, block, MORE_PIECES, block + MORE_MORE);
      if (numbers.count > 2 * PIECE_LIMIT) {
        throw in.corrupt(at, "map of a sparse file is too long");
      }
    }
    if (numbers.bad) {
      throw in.corrupt(at, "malformed map of a sparse file");
    }
    return numbers.map(size);
  }

  /** PAX formats 0.0 and 0.1: the map is in the extended header. */
  static SparseMap inHeader(List<Long> pairs, long size) {
    Numbers numbers = new Numbers();
    for (long number : pairs) {
      numbers.add(number);
    }
    return numbers.map(size);
  }

  /** PAX format 1.0: the map is text before the contents, filled up to a whole block. */
  static SparseMap beforeContents(TarInput in, long size) throws IOException {
    Numbers numbers = new Numbers();
    long at = in.position();
    long expected = -1;
    long number = 0;
    int digits = 0;
    while (expected < 0 || numbers.count < expected) {
      int start = in.block();
      if (start < 0) {
        throw in.truncated();
      }
      byte[] buffer = in.buffer();
      for (int i = start; i < start + TarHeader.BLOCK; i++) {
        if (buffer[i] >= '0' && buffer[i] <= '9' && digits < 18) {
          number = number * 10 + (buffer[i] - '0');
          digits++;
          continue;
        }
        if (buffer[i] != '\n' || digits == 0 || expected < 0 && number > PIECE_LIMIT) {
          throw in.corrupt(at, "malformed map of a sparse file");
        }
        if (expected < 0) {
          expected = number * 2;
        } else {
          numbers.add(number);
        }
        number = 0;
        digits = 0;
        if (numbers.count == expected) {
          break;
        }
      }
    }
    return numbers.map(size);
  }

  private static boolean oldPieces(Numbers numbers, byte[] block, int at, int pieces, int more) {
    for (int i = 0; i < pieces; i++) {
      int piece = at + i * PIECE_LENGTH;
      if (block[piece] == 0) {
        return block[more] != 0;
      }
      numbers.add(TarHeader.number(block, piece, TarHeader.LONG_LENGTH));
      numbers.add(TarHeader.number(block, piece + TarHeader.LONG_LENGTH, TarHeader.LONG_LENGTH));
    }
    return block[more] != 0;
  }

  /** Offsets and lengths in turn. */
  private static final class Numbers {
    private long[] numbers = new long[8];
    private int count;
    private boolean bad;

    void add(long number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = number;
      bad |= number < 0;
    }

    SparseMap map(long size) {
      int pieces = count / 2;
      long[] offsets = new long[pieces];
      long[] lengths = new long[pieces];
      for (int i = 0; i < pieces; i++) {
        offsets[i] = numbers[2 * i];
        lengths[i] = numbers[2 * i + 1];
      }
      if (bad || count % 2 != 0) {
        lengths = new long[] {-1};
        offsets = new long[] {0};
      }
      return SparseMap.of(offsets, lengths, size);
    }
  }
}
