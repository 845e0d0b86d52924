package dev.cooper.disk.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Maps a file's blocks one by one, as ext2 and ext3 do: twelve in the inode, then one block of
 * 1,024 numbers, one of 1,024 such blocks, and one of 1,024 of those.
 */
final class IndirectBlocks implements BlockMap {
  private static final int DIRECT = 12;
  private static final long FANOUT = Geometry.BLOCK / 4;

  @Override
  public long mostBlocks(long dataBlocks, long pieces) {
    if (dataBlocks <= DIRECT && pieces == 1) {
      return 0;
    }
    long lowest = Math.ceilDiv(dataBlocks, FANOUT);
    // A piece can begin and end in the middle of a block of each of three levels.
    return lowest + Math.ceilDiv(lowest, FANOUT) + 6 * pieces;
  }

  @Override
  public byte[] write(FileBlocks file, int inode, NodeWriter nodes) throws IOException {
    ByteBuffer root = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    Cursor cursor = new Cursor(file);
    for (int i = 0; i < DIRECT; i++) {
      root.putInt((int) cursor.blockOf(i));
    }
    long logical = DIRECT;
    long span = 1;
    for (int depth = 1; depth <= 3; depth++) {
      span *= FANOUT;
      root.putInt((int) writeNode(cursor, logical, span, nodes));
      logical += span;
    }
    return root.array();
  }

  @Override
  public int inodeFlags() {
    return 0;
  }

  /** The block that maps {@code span} blocks from {@code logical} on, or 0 if all are holes. */
  private static long writeNode(Cursor cursor, long logical, long span, NodeWriter nodes)
      throws IOException {
    if (!cursor.anyIn(logical, logical + span)) {
      return 0;
    }
    ByteBuffer node = ByteBuffer.allocate(Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    long each = span / FANOUT;
    for (long i = 0; i < FANOUT; i++) {
      long at = logical + i * each;
      node.putInt((int) (each == 1 ? cursor.blockOf(at) : writeNode(cursor, at, each, nodes)));
    }
    return nodes.place(node.flip());
  }

  /** Answers questions about ascending blocks without a search for each. */
  private static final class Cursor {
    private final FileBlocks file;
    private int run;

    Cursor(FileBlocks file) {
      this.file = file;
    }

    long blockOf(long logical) {
      forwardTo(logical);
      boolean hole = run == file.count() || file.logical(run) > logical;
      return hole ? 0 : file.start(run) + logical - file.logical(run);
    }

    boolean anyIn(long from, long to) {
      forwardTo(from);
      return run < file.count() && file.logical(run) < to;
    }

    private void forwardTo(long logical) {
      while (run < file.count() && file.logical(run) + file.length(run) <= logical) {
        run++;
      }
    }
  }
}
