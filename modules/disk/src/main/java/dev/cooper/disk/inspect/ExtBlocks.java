package dev.cooper.disk.inspect;

import dev.cooper.disk.BlockInput;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the bytes of one file lie: runs of blocks in ascending order, holes between them.
 *
 * @param runs that have been written
 */
record ExtBlocks(BlockInput input, int blockSize, List<Run> runs) {
  private static final short EXTENT_MAGIC = (short) 0xf30a;
  private static final int LARGEST_INITIALIZED = 32_768;
  private static final int DEEPEST = 5;
  private static final int DIRECT = 12;

  /** Blocks of the file from {@code logical} on, at {@code physical}. */
  record Run(long logical, long physical, long length) {}

  /** Of an inode with extents; the map is the inode's sixty bytes. */
  static ExtBlocks ofExtents(BlockInput input, int blockSize, ByteBuffer map) throws IOException {
    ExtBlocks blocks = new ExtBlocks(input, blockSize, new ArrayList<>());
    blocks.addExtents(map, DEEPEST);
    return blocks;
  }

  private void addExtents(ByteBuffer node, int deepest) throws IOException {
    int count = node.getShort(2) & 0xffff;
    int depth = node.getShort(6) & 0xffff;
    if (node.getShort(0) != EXTENT_MAGIC || depth > deepest || 12 + 12 * count > node.capacity()) {
      throw new CooperException.Corrupt("a damaged tree of extents");
    }
    for (int at = 12; at < 12 + 12 * count; at += 12) {
      long logical = Integer.toUnsignedLong(node.getInt(at));
      if (depth == 0) {
        int length = node.getShort(at + 4) & 0xffff;
        long high = Short.toUnsignedLong(node.getShort(at + 6)) << 32;
        boolean written = length <= LARGEST_INITIALIZED;
        if (written) {
          add(logical, high | Integer.toUnsignedLong(node.getInt(at + 8)), length);
        }
      } else {
        long high = Short.toUnsignedLong(node.getShort(at + 8)) << 32;
        long block = high | Integer.toUnsignedLong(node.getInt(at + 4));
        addExtents(input.bytes(block * blockSize, blockSize), depth - 1);
      }
    }
  }

  /** Of an inode with twelve blocks and three levels of lists of blocks. */
  static ExtBlocks ofLists(BlockInput input, int blockSize, ByteBuffer map, long size)
      throws IOException {
    ExtBlocks blocks = new ExtBlocks(input, blockSize, new ArrayList<>());
    long count = Math.ceilDiv(size, blockSize);
    for (int i = 0; i < DIRECT; i++) {
      blocks.addListed(map.getInt(4 * i), i, 0, count);
    }
    long start = DIRECT;
    long each = blockSize / 4;
    for (int level = 1; level <= 3; level++) {
      blocks.addListed(map.getInt(4 * (DIRECT + level - 1)), start, level, count);
      start += each;
      each *= blockSize / 4;
    }
    return blocks;
  }

  private void addListed(int block, long logical, int level, long count) throws IOException {
    if (block == 0 || logical >= count) {
      return;
    }
    if (level == 0) {
      add(logical, Integer.toUnsignedLong(block), 1);
      return;
    }
    long each = 1;
    for (int i = 1; i < level; i++) {
      each *= blockSize / 4;
    }
    ByteBuffer list = input.bytes(Integer.toUnsignedLong(block) * blockSize, blockSize);
    for (int i = 0; i < blockSize / 4; i++) {
      addListed(list.getInt(4 * i), logical + i * each, level - 1, count);
    }
  }

  private void add(long logical, long physical, long length) {
    if (!runs.isEmpty()) {
      Run last = runs.getLast();
      if (logical < last.logical() + last.length()) {
        throw new CooperException.Corrupt("a file's blocks overlap");
      }
      if (last.logical() + last.length() == logical
          && last.physical() + last.length() == physical) {
        runs.set(runs.size() - 1, new Run(last.logical(), last.physical(), last.length() + length));
        return;
      }
    }
    runs.add(new Run(logical, physical, length));
  }

  /** Fills what remains in {@code into} with the file's bytes from a place on. */
  void read(long offset, ByteBuffer into) throws IOException {
    long at = offset;
    int index = indexFor(at / blockSize);
    while (into.hasRemaining()) {
      while (index < runs.size()
          && (runs.get(index).logical() + runs.get(index).length()) * blockSize <= at) {
        index++;
      }
      long start = index < runs.size() ? runs.get(index).logical() * blockSize : Long.MAX_VALUE;
      if (at < start) {
        int zeros = (int) Math.min(into.remaining(), start - at);
        into.put(new byte[zeros]);
        at += zeros;
      } else {
        Run run = runs.get(index);
        long end = (run.logical() + run.length()) * blockSize;
        int length = (int) Math.min(into.remaining(), end - at);
        long place = run.physical() * blockSize + at - start;
        input.read(place, into.slice(into.position(), length));
        into.position(into.position() + length);
        at += length;
      }
    }
  }

  /** The last run that begins at a block or before, found by halving. */
  private int indexFor(long block) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).logical() <= block) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }
}
