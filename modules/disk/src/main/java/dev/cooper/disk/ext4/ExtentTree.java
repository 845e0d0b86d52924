package dev.cooper.disk.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Maps a file's blocks by extents: up to four in the inode, else a tree whose root is there.
 *
 * <p>A node is a header of 12 bytes and up to 340 entries of 12 bytes, and four bytes of checksum.
 */
final class ExtentTree implements BlockMap {
  private static final int MAGIC = 0xf30a;
  private static final int ENTRY = 12;
  private static final int LONGEST = 32_768;
  private static final int IN_INODE = 4;
  private static final int IN_BLOCK = (Geometry.BLOCK - ENTRY) / ENTRY;
  private static final int TAIL = ENTRY + IN_BLOCK * ENTRY;

  private final Checksums checksums;

  ExtentTree(Checksums checksums) {
    this.checksums = checksums;
  }

  /** What a node says about a piece of the file: a leaf's extent, or an index to a node below. */
  private record Entry(long logical, long block, int length) {}

  /**
   * {@inheritDoc}
   *
   * <p>Without holes, extents end only after 32,768 blocks and at a group's tables. Each hole saves
   * eight blocks and more, so holes never need more than they save.
   */
  @Override
  public long mostBlocks(long dataBlocks, long pieces) {
    long extents = 2 * Math.ceilDiv(dataBlocks, LONGEST) + 2 * pieces;
    if (extents <= IN_INODE) {
      return 0;
    }
    long total = 0;
    for (long nodes = extents; nodes > IN_INODE || total == 0; ) {
      nodes = Math.ceilDiv(nodes, IN_BLOCK);
      total += nodes;
    }
    return total;
  }

  @Override
  public byte[] write(FileBlocks file, int inode, NodeWriter nodes) throws IOException {
    Entry[] entries = leaves(file);
    int depth = 0;
    while (entries.length > IN_INODE) {
      entries = writeLevel(entries, depth, inode, nodes);
      depth++;
    }
    ByteBuffer root = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    fill(root, entries, 0, entries.length, IN_INODE, depth);
    return root.array();
  }

  @Override
  public int inodeFlags() {
    return 0x80000;
  }

  private static Entry[] leaves(FileBlocks file) {
    int count = 0;
    for (int i = 0; i < file.count(); i++) {
      count += (int) Math.ceilDiv(file.length(i), LONGEST);
    }
    Entry[] entries = new Entry[count];
    int next = 0;
    for (int i = 0; i < file.count(); i++) {
      for (long done = 0; done < file.length(i); done += LONGEST) {
        int length = (int) Math.min(LONGEST, file.length(i) - done);
        entries[next++] = new Entry(file.logical(i) + done, file.start(i) + done, length);
      }
    }
    return entries;
  }

  private Entry[] writeLevel(Entry[] entries, int depth, int inode, NodeWriter nodes)
      throws IOException {
    Entry[] above = new Entry[Math.ceilDiv(entries.length, IN_BLOCK)];
    for (int i = 0; i < above.length; i++) {
      int from = i * IN_BLOCK;
      int to = Math.min(entries.length, from + IN_BLOCK);
      ByteBuffer node = ByteBuffer.allocate(Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
      fill(node, entries, from, to, IN_BLOCK, depth);
      node.putInt(TAIL, checksums.ofInode(inode, node.slice(0, TAIL)));
      above[i] = new Entry(entries[from].logical, nodes.place(node.clear()), 0);
    }
    return above;
  }

  private static void fill(
      ByteBuffer node, Entry[] entries, int from, int to, int maximum, int depth) {
    node.putShort((short) MAGIC).putShort((short) (to - from)).putShort((short) maximum);
    node.putShort((short) depth).putInt(0);
    for (int i = from; i < to; i++) {
      Entry entry = entries[i];
      node.putInt((int) entry.logical);
      if (depth == 0) {
        node.putShort((short) entry.length).putShort((short) (entry.block >>> 32));
        node.putInt((int) entry.block);
      } else {
        node.putInt((int) entry.block).putShort((short) (entry.block >>> 32)).putShort((short) 0);
      }
    }
  }
}
