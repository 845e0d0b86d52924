package dev.cooper.disk.ext4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lays down files one after the other, and gathers what is adjacent into large writes.
 *
 * <p>Runs of zeros of at least eight blocks become holes.
 */
final class DataArea {
  private static final int CHUNK = 1 << 20;
  private static final byte[] ZEROS = new byte[Geometry.BLOCK];

  private final BlockAllocator allocator;
  private final WriteBehind output;
  private final byte[] chunk = new byte[CHUNK];
  private ByteBuffer gathered;
  private long gatheredStart;

  DataArea(BlockAllocator allocator, WriteBehind output) throws IOException {
    this.allocator = allocator;
    this.output = output;
    this.gathered = output.buffer();
  }

  /**
   * Lays down all that a stream gives, up to the file's size.
   *
   * @param holes what need not be read
   * @return where it went, and how many bytes there were
   */
  Written write(InputStream in, KnownHoles holes) throws IOException {
    FileBlocks blocks = new FileBlocks();
    long total = 0;
    long logical = 0;
    long zeros = 0;
    long size = holes.size();
    KnownHoles.Walk walk = holes.walk();
    while (total < size) {
      long hole = walk.blocksFrom(total);
      if (hole >= KnownHoles.SHORTEST) {
        long bytes = Math.min(hole * Geometry.BLOCK, size - total);
        in.skipNBytes(bytes);
        total += bytes;
        logical += hole;
        zeros += hole;
        continue;
      }
      int read = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, size - total));
      if (read == 0) {
        break;
      }
      total += read;
      int count = Math.ceilDiv(read, Geometry.BLOCK);
      Arrays.fill(chunk, read, count * Geometry.BLOCK, (byte) 0);
      int block = 0;
      while (block < count) {
        int start = block;
        while (block < count && isZero(block)) {
          block++;
        }
        zeros += block - start;
        logical += block - start;
        start = block;
        while (block < count && !isZero(block)) {
          block++;
        }
        if (block > start) {
          if (zeros < KnownHoles.SHORTEST) {
            putZeros(blocks, logical - zeros, zeros);
          }
          zeros = 0;
          ByteBuffer data =
              ByteBuffer.wrap(chunk, start * Geometry.BLOCK, (block - start) * Geometry.BLOCK);
          put(blocks, logical, data);
          logical += block - start;
        }
      }
    }
    if (zeros < KnownHoles.SHORTEST) {
      putZeros(blocks, logical - zeros, zeros);
    }
    return new Written(blocks, total);
  }

  /**
   * A file that was laid down.
   *
   * @param size in bytes
   */
  record Written(FileBlocks blocks, long size) {}

  /** Lays down whole blocks. */
  FileBlocks write(ByteBuffer data) throws IOException {
    FileBlocks blocks = new FileBlocks();
    put(blocks, 0, data);
    return blocks;
  }

  /** Lays down one block and returns its number. */
  long place(ByteBuffer block) throws IOException {
    return write(block).start(0);
  }

  /** The next block, for what holds its own number; {@link #put} fills it. */
  long reserve() {
    return allocator.next(1).start();
  }

  /** Takes blocks that stay zero. */
  FileBlocks zeros(long count) {
    FileBlocks blocks = new FileBlocks();
    for (long done = 0; done < count; ) {
      FileBlocks.Run run = allocator.next(count - done);
      blocks.add(done, run);
      done += run.length();
    }
    return blocks;
  }

  /** Fills blocks that were taken before. */
  void put(long block, ByteBuffer data) throws IOException {
    append(block, data);
  }

  /** Returns when all that was laid down is written; nothing can be laid down after that. */
  void finish() throws IOException {
    handOver();
    output.finish();
  }

  private void handOver() throws IOException {
    output.write(gatheredStart, gathered.flip());
  }

  private boolean isZero(int block) {
    int start = block * Geometry.BLOCK;
    return chunk[start] == 0
        && Arrays.equals(chunk, start, start + Geometry.BLOCK, ZEROS, 0, Geometry.BLOCK);
  }

  private void putZeros(FileBlocks blocks, long logical, long count) throws IOException {
    for (long i = 0; i < count; i++) {
      put(blocks, logical + i, ByteBuffer.wrap(ZEROS));
    }
  }

  private void put(FileBlocks blocks, long logical, ByteBuffer data) throws IOException {
    long at = logical;
    while (data.hasRemaining()) {
      FileBlocks.Run run = allocator.next(data.remaining() / Geometry.BLOCK);
      blocks.add(at, run);
      int bytes = (int) run.length() * Geometry.BLOCK;
      append(run.start(), data.slice(data.position(), bytes));
      data.position(data.position() + bytes);
      at += run.length();
    }
  }

  private void append(long block, ByteBuffer data) throws IOException {
    long offset = block * Geometry.BLOCK;
    while (data.hasRemaining()) {
      if (offset != gatheredStart + gathered.position() || !gathered.hasRemaining()) {
        if (gathered.position() > 0) {
          handOver();
          gathered = output.buffer();
        }
        gatheredStart = offset;
      }
      int length = Math.min(data.remaining(), gathered.remaining());
      gathered.put(data.slice(data.position(), length));
      data.position(data.position() + length);
      offset += length;
    }
  }
}
