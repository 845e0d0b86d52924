package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Packs a directory: one block where all entries fit, else an index over blocks that are sorted by
 * the hash of the names (htree).
 *
 * <p>With checksums, each block ends with them: twelve bytes that look like an unused entry, or
 * eight behind an index.
 */
final class DirectoryBlocks {
  private static final int LEAF_TAIL = 12;
  private static final int INDEX_TAIL = 8;
  private static final int ROOT_ENTRIES = 32;
  private static final int NODE_ENTRIES = 8;
  private static final int INDEX_ENTRY = 8;
  private static final int LARGEST_ENTRY = DirectoryEntry.sizeOf(255);
  private static final int OWN_ENTRIES = 24;

  private final Generation generation;
  private final Checksums checksums;
  private final UUID hashSeed;

  DirectoryBlocks(Generation generation, Checksums checksums, UUID hashSeed) {
    this.generation = generation;
    this.checksums = checksums;
    this.hashSeed = hashSeed;
  }

  /**
   * How many blocks a directory takes at most.
   *
   * @param size the sum of its entries' sizes, "." and ".." left out
   */
  long mostBlocks(long size) {
    if (isLinear(size)) {
      return 1;
    }
    long leaves = Math.ceilDiv(size, leafRoom() - LARGEST_ENTRY) + 1;
    long nodes = leaves <= rootLimit() ? 0 : Math.ceilDiv(leaves, nodeLimit());
    return 1 + nodes + leaves;
  }

  /** Whether a directory whose entries take so many bytes has no index. */
  boolean isLinear(long size) {
    return size + OWN_ENTRIES <= leafRoom();
  }

  /** Whether an index of two levels reaches all of it: some ten million names. */
  boolean isPossible(long size) {
    return Math.ceilDiv(size, leafRoom() - LARGEST_ENTRY) + 1 <= (long) rootLimit() * nodeLimit();
  }

  /** The directory's blocks, one after the other. */
  ByteBuffer pack(int inode, int parent, List<DirectoryEntry> entries) {
    long size = entries.stream().mapToLong(DirectoryEntry::size).sum();
    return isLinear(size) ? linear(inode, parent, entries) : indexed(inode, parent, entries);
  }

  private ByteBuffer linear(int inode, int parent, List<DirectoryEntry> entries) {
    ByteBuffer block = buffer(1);
    DirectoryEntry last = DirectoryEntry.parent(parent);
    DirectoryEntry.self(inode).put(block, DirectoryEntry.self(inode).size());
    for (DirectoryEntry entry : entries) {
      last.put(block, last.size());
      last = entry;
    }
    last.put(block, leafRoom() - block.position());
    sealLeaf(inode, block);
    return block.clear();
  }

  private record Hashed(DirectoryEntry entry, NameHash hash) {}

  private ByteBuffer indexed(int inode, int parent, List<DirectoryEntry> entries) {
    Hashed[] sorted = new Hashed[entries.size()];
    for (int i = 0; i < sorted.length; i++) {
      DirectoryEntry entry = entries.get(i);
      sorted[i] = new Hashed(entry, NameHash.of(entry.name(), hashSeed));
    }
    Arrays.sort(sorted, (a, b) -> a.hash.compareTo(b.hash));
    int[] starts = leafStarts(sorted);
    int leaves = starts.length - 1;
    int nodes = leaves <= rootLimit() ? 0 : Math.ceilDiv(leaves, nodeLimit());
    ByteBuffer blocks = buffer(1 + nodes + leaves);
    int[] leafHashes = new int[leaves];
    for (int leaf = 0; leaf < leaves; leaf++) {
      leafHashes[leaf] = firstHash(sorted, starts[leaf]);
      putLeaf(inode, block(blocks, 1 + nodes + leaf), sorted, starts[leaf], starts[leaf + 1]);
    }
    int[] rootHashes = leafHashes;
    if (nodes > 0) {
      rootHashes = new int[nodes];
      for (int node = 0; node < nodes; node++) {
        int from = node * nodeLimit();
        int to = Math.min(leaves, from + nodeLimit());
        rootHashes[node] = leafHashes[from];
        int[] below = Arrays.copyOfRange(leafHashes, from, to);
        putNode(inode, block(blocks, 1 + node), below, 1 + nodes + from);
      }
    }
    putRoot(inode, parent, block(blocks, 0), rootHashes, nodes > 0 ? 1 : 0);
    return blocks.clear();
  }

  /** Where each leaf begins among the sorted entries, and at the end how many there are. */
  private int[] leafStarts(Hashed[] sorted) {
    int[] starts = new int[16];
    int leaves = 1;
    int used = 0;
    for (int i = 0; i < sorted.length; i++) {
      int size = sorted[i].entry.size();
      if (used + size > leafRoom()) {
        if (leaves + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[leaves++] = i;
        used = 0;
      }
      used += size;
    }
    starts[leaves] = sorted.length;
    return Arrays.copyOf(starts, leaves + 1);
  }

  /** A leaf's lowest hash; its lowest bit says that the leaf before it has the same hash too. */
  private static int firstHash(Hashed[] sorted, int start) {
    int hash = sorted[start].hash.major();
    return start > 0 && sorted[start - 1].hash.major() == hash ? hash | 1 : hash;
  }

  private void putLeaf(int inode, ByteBuffer block, Hashed[] sorted, int from, int to) {
    for (int i = from; i < to; i++) {
      DirectoryEntry entry = sorted[i].entry;
      entry.put(block, i + 1 < to ? entry.size() : leafRoom() - block.position());
    }
    sealLeaf(inode, block);
  }

  private void putRoot(int inode, int parent, ByteBuffer block, int[] hashes, int levels) {
    DirectoryEntry.self(inode).put(block, 12);
    int start = block.position();
    DirectoryEntry.parent(parent).put(block, Geometry.BLOCK - 12);
    block.position(start + 12);
    block.putInt(0).put(NameHash.VERSION).put((byte) 8).put((byte) levels).put((byte) 0);
    putIndex(inode, block, rootLimit(), hashes, 1);
  }

  private void putNode(int inode, ByteBuffer block, int[] hashes, int firstBelow) {
    block.putInt(0).putShort((short) Geometry.BLOCK).putShort((short) 0);
    putIndex(inode, block, nodeLimit(), hashes, firstBelow);
  }

  /** The entries of an index: the first one's hash is left out, for the limit and the count. */
  private void putIndex(int inode, ByteBuffer block, int limit, int[] hashes, int firstBelow) {
    int start = block.position();
    block.putShort((short) limit).putShort((short) hashes.length).putInt(firstBelow);
    for (int i = 1; i < hashes.length; i++) {
      block.putInt(hashes[i]).putInt(firstBelow + i);
    }
    if (generation.checksums()) {
      int tail = start + limit * INDEX_ENTRY;
      ByteBuffer used = block.slice(0, start + hashes.length * INDEX_ENTRY);
      block.putInt(tail + 4, checksums.ofInode(inode, used, ByteBuffer.allocate(INDEX_TAIL)));
    }
  }

  private void sealLeaf(int inode, ByteBuffer block) {
    if (generation.checksums()) {
      int tail = Geometry.BLOCK - LEAF_TAIL;
      block.putShort(tail + 4, (short) LEAF_TAIL).put(tail + 7, (byte) 0xde);
      block.putInt(tail + 8, checksums.ofInode(inode, block.slice(0, tail)));
    }
  }

  private int leafRoom() {
    return Geometry.BLOCK - (generation.checksums() ? LEAF_TAIL : 0);
  }

  private int rootLimit() {
    return (Geometry.BLOCK - ROOT_ENTRIES - (generation.checksums() ? INDEX_TAIL : 0))
        / INDEX_ENTRY;
  }

  private int nodeLimit() {
    return (Geometry.BLOCK - NODE_ENTRIES - (generation.checksums() ? INDEX_TAIL : 0))
        / INDEX_ENTRY;
  }

  private static ByteBuffer buffer(int blocks) {
    return ByteBuffer.allocate(blocks * Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer block(ByteBuffer blocks, int index) {
    return blocks.slice(index * Geometry.BLOCK, Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  }
}
