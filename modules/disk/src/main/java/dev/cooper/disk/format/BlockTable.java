package dev.cooper.disk.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The blocks of a disk in a file that grows: each gets the next place when it is first written to.
 * What of a block is not written reads as zero, since a file's holes do.
 */
final class BlockTable {
  private final FileChannel channel;
  private final int blockSize;
  private final long firstPlace;
  private final int gap;
  private final int[] numbers;
  private int count;

  /**
   * @param size of the disk in bytes
   * @param blockSize in bytes
   * @param firstPlace where in the file the first block goes
   * @param gap bytes before each block that the format keeps something else in
   */
  BlockTable(FileChannel channel, long size, int blockSize, long firstPlace, int gap) {
    this.channel = channel;
    this.blockSize = blockSize;
    this.firstPlace = firstPlace;
    this.gap = gap;
    this.numbers = new int[Math.toIntExact(Math.ceilDiv(size, blockSize))];
    Arrays.fill(numbers, -1);
  }

  /** Writes to the disk's blocks. */
  void write(long offset, ByteBuffer data) throws IOException {
    long at = offset;
    while (data.hasRemaining()) {
      long place = placeFor(at);
      int length = (int) Math.min(data.remaining(), blockSize - at % blockSize);
      // Blocks that follow each other in the file too are written in one go.
      while (gap == 0 && length < data.remaining() && placeFor(at + length) == place + length) {
        length = (int) Math.min(data.remaining(), (long) length + blockSize);
      }
      write(channel, place, data.slice(data.position(), length));
      data.position(data.position() + length);
      at += length;
    }
  }

  private long placeFor(long offset) {
    int block = (int) (offset / blockSize);
    if (numbers[block] < 0) {
      numbers[block] = count++;
    }
    return place(block) + offset % blockSize;
  }

  /** How many blocks the disk has. */
  int blocks() {
    return numbers.length;
  }

  /** How many of them have a place. */
  int count() {
    return count;
  }

  /** Which one to get a place a block was, from 0; -1 when it has none. */
  int number(int block) {
    return numbers[block];
  }

  /** Where in the file a block that has a place begins. */
  long place(int block) {
    return firstPlace + gap + (long) numbers[block] * (blockSize + gap);
  }

  /** Where in the file the next block would go. */
  long end() {
    return firstPlace + (long) count * (blockSize + gap);
  }

  /** Writes all of a buffer. */
  static void write(FileChannel channel, long place, ByteBuffer data) throws IOException {
    long at = place;
    while (data.hasRemaining()) {
      at += channel.write(data, at);
    }
  }
}
