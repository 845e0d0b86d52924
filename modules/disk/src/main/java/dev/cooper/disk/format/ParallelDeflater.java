package dev.cooper.disk.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the blocks of a disk, deflates them on all processors, and hands them on in the order in
 * which they became full, so that the result does not depend on how many processors there are.
 *
 * <p>A block that is never filled waits until the end; what of it was not written is zero. As file
 * systems are written mostly from their beginning to their end, few blocks wait at a time.
 */
final class ParallelDeflater implements Closeable {
  /** How large a block is, in bytes. */
  static final int BLOCK = 1 << 16;

  private static final int BLOCKS_PER_TASK = 16;
  private static final int LARGEST_OUTPUT = BLOCK + 64;

  /**
   * The fastest: the others make a disk a tenth smaller at best, and take three times as long or
   * more.
   */
  private static final int LEVEL = Deflater.BEST_SPEED;

  /** What is done with each block; called by the thread that writes. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param block its number on the disk
     * @param data its bytes, deflated; or as they are, when deflating makes them no smaller. Valid
     *     during the call
     */
    void take(int block, ByteBuffer data, boolean deflated) throws IOException;
  }

  private static final class Block {
    final int number;
    final byte[] bytes = new byte[BLOCK];
    int filled;

    Block(int number) {
      this.number = number;
    }
  }

  private record Deflated(int number, byte[] bytes, boolean isDeflated) {}

  private final Sink sink;
  private final boolean zlibHeader;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers;
  private final Deque<Future<List<Deflated>>> tasks = new ArrayDeque<>();
  private final Map<Integer, Block> open = new HashMap<>();
  private List<Block> batch = new ArrayList<>();
  private @Nullable Block latest;

  /**
   * @param zlibHeader whether each block has the header and the checksum of zlib (RFC 1950), and is
   *     deflated even when that makes it larger; or is a bare stream (RFC 1951) where that is
   *     smaller
   */
  ParallelDeflater(boolean zlibHeader, Sink sink) {
    this.zlibHeader = zlibHeader;
    this.sink = sink;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "deflate");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Takes bytes of the disk, none of them twice. */
  void write(long offset, ByteBuffer data) throws IOException {
    long at = offset;
    while (data.hasRemaining()) {
      Block block = block(Math.toIntExact(at / BLOCK));
      int start = (int) (at % BLOCK);
      int length = Math.min(data.remaining(), BLOCK - start);
      data.get(block.bytes, start, length);
      block.filled += length;
      at += length;
      if (block.filled == BLOCK) {
        open.remove(block.number);
        latest = null;
        add(block);
      }
    }
  }

  private Block block(int number) {
    Block block = latest;
    if (block == null || block.number != number) {
      block = open.computeIfAbsent(number, Block::new);
      latest = block;
    }
    return block;
  }

  /** Hands on all that is left; nothing can be written after that. */
  void finish() throws IOException {
    List<Block> left = new ArrayList<>(open.values());
    left.sort((one, other) -> Integer.compare(one.number, other.number));
    open.clear();
    for (Block block : left) {
      add(block);
    }
    submit();
    while (!tasks.isEmpty()) {
      takeFirst();
    }
  }

  private void add(Block block) throws IOException {
    batch.add(block);
    if (batch.size() == BLOCKS_PER_TASK) {
      submit();
    }
  }

  private void submit() throws IOException {
    List<Block> blocks = batch;
    batch = new ArrayList<>();
    tasks.add(workers.submit(() -> deflate(blocks)));
    while (tasks.size() > 2 * threads) {
      takeFirst();
    }
  }

  private void takeFirst() throws IOException {
    try {
      for (Deflated each : tasks.remove().get()) {
        sink.take(each.number(), ByteBuffer.wrap(each.bytes()), each.isDeflated());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while compressing");
    } catch (ExecutionException e) {
      throw new IOException("compression failed", e.getCause());
    }
  }

  private List<Deflated> deflate(List<Block> blocks) {
    List<Deflated> done = new ArrayList<>(blocks.size());
    byte[] output = new byte[LARGEST_OUTPUT];
    Deflater deflater = new Deflater(LEVEL, !zlibHeader);
    try {
      for (Block block : blocks) {
        deflater.reset();
        deflater.setInput(block.bytes);
        deflater.finish();
        int length = deflater.deflate(output);
        boolean deflated = zlibHeader || (deflater.finished() && length < BLOCK);
        byte[] bytes = deflated ? Arrays.copyOf(output, length) : block.bytes;
        done.add(new Deflated(block.number, bytes, deflated));
      }
    } finally {
      deflater.end();
    }
    return done;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
