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
import org.jspecify.annotations.Nullable;

/**
 * Gathers the blocks of a disk, packs them on all processors, and hands them on in the order in
 * which they became full, so that the result does not depend on how many processors there are.
 *
 * <p>A block that is never filled waits until the end; what of it was not written is zero. As file
 * systems are written mostly from their beginning to their end, few blocks wait at a time.
 */
final class ParallelPacker implements Closeable {
  /** How large a block is, in bytes. */
  static final int BLOCK = 1 << 16;

  private static final int BLOCKS_PER_TASK = 16;

  /** What is done with each block; called by the thread that writes. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param block its number on the disk
     * @param data its bytes, packed; or as they are, when packing makes them no smaller. Valid
     *     during the call
     */
    void take(int block, ByteBuffer data, boolean packed) throws IOException;
  }

  private static final class Block {
    final int number;
    final byte[] bytes = new byte[BLOCK];
    int filled;

    Block(int number) {
      this.number = number;
    }
  }

  private record Packed(int number, byte[] bytes, boolean isPacked) {}

  private final Sink sink;
  private final BlockPacking.Maker packing;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers;
  private final Deque<Future<List<Packed>>> tasks = new ArrayDeque<>();
  private final Map<Integer, Block> open = new HashMap<>();
  private List<Block> batch = new ArrayList<>();
  private @Nullable Block latest;

  /**
   * @param packing what packs them
   */
  ParallelPacker(BlockPacking.Maker packing, Sink sink) {
    this.packing = packing;
    this.sink = sink;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "disk-packer");
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
    tasks.add(workers.submit(() -> pack(blocks)));
    while (tasks.size() > 2 * threads) {
      takeFirst();
    }
  }

  private void takeFirst() throws IOException {
    try {
      for (Packed each : tasks.remove().get()) {
        sink.take(each.number(), ByteBuffer.wrap(each.bytes()), each.isPacked());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while compressing");
    } catch (ExecutionException e) {
      throw new IOException("compression failed", e.getCause());
    }
  }

  private List<Packed> pack(List<Block> blocks) {
    List<Packed> done = new ArrayList<>(blocks.size());
    byte[] output = new byte[BlockPacking.longest(BLOCK)];
    try (BlockPacking packer = packing.make()) {
      for (Block block : blocks) {
        int length = packer.pack(block.bytes, output);
        boolean packed = packer.always() || length < BLOCK;
        byte[] bytes = packed ? Arrays.copyOf(output, length) : block.bytes;
        done.add(new Packed(block.number, bytes, packed));
      }
    }
    return done;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
