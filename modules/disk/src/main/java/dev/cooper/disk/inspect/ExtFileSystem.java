package dev.cooper.disk.inspect;

import dev.cooper.disk.BlockInput;
import dev.cooper.disk.Node;
import dev.cooper.disk.inspect.SwapArea.Texts;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads ext2, ext3 and ext4, as the kernel's Documentation/filesystems/ext4 describes them. A
 * journal that waits to be played is not played: what is read is what lies in place.
 */
final class ExtFileSystem implements FileSystem {
  static final short MAGIC = (short) 0xef53;

  private static final int ROOT = 2;
  private static final int HAS_JOURNAL = 0x4;
  private static final int EXTENTS = 0x40;
  private static final int SIXTY_FOUR_BIT = 0x80;
  private static final int META_GROUPS = 0x10;
  private static final int HUGE_FILE = 0x8;

  /** What a reader must know of: filetype, journal to recover, meta_bg, and what ext4 has. */
  private static final int KNOWN =
      0x2 | 0x4 | META_GROUPS | EXTENTS | 0x80 | 0x200 | 0x400 | 0x2000;

  private static final int LARGEST_DIRECTORY = 1 << 30;

  private final BlockInput input;
  private final ByteBuffer superblock;
  private final int blockSize;
  private final int inodeSize;
  private final int inodesPerGroup;
  private final int descriptorSize;
  private final Map<Integer, Node> nodes = new HashMap<>();

  private ExtFileSystem(BlockInput input, ByteBuffer superblock) {
    this.input = input;
    this.superblock = superblock;
    this.blockSize = 1024 << superblock.getInt(0x18);
    this.inodeSize = superblock.getInt(0x4c) == 0 ? 128 : superblock.getShort(0x58) & 0xffff;
    this.inodesPerGroup = superblock.getInt(0x28);
    int size = superblock.getShort(0xfe) & 0xffff;
    this.descriptorSize = has(0x60, SIXTY_FOUR_BIT) && size >= 64 ? size : 32;
  }

  static ExtFileSystem of(BlockInput input) throws IOException {
    ByteBuffer superblock = input.bytes(1024, 1024);
    int log = superblock.getInt(0x18);
    int unknown = superblock.getInt(0x60) & ~KNOWN;
    if (unknown != 0) {
      throw new CooperException.InvalidInput(
          "this ext4 has features that are not known here: %x".formatted(unknown));
    }
    int inodeSize = superblock.getShort(0x58) & 0xffff;
    boolean odd = superblock.getInt(0x4c) != 0 && (inodeSize < 128 || inodeSize > 4096);
    if (log < 0 || log > 6 || odd || superblock.getInt(0x28) <= 0) {
      throw new CooperException.Corrupt("a damaged superblock");
    }
    return new ExtFileSystem(input, superblock);
  }

  private boolean has(int word, int bit) {
    return (superblock.getInt(word) & bit) != 0;
  }

  @Override
  public String type() {
    if (has(0x60, EXTENTS) || has(0x60, SIXTY_FOUR_BIT) || has(0x64, HUGE_FILE)) {
      return "ext4";
    }
    return has(0x5c, HAS_JOURNAL) ? "ext3" : "ext2";
  }

  @Override
  public String label() {
    return Texts.upToNul(superblock, 0x78, 16);
  }

  @Override
  public String id() {
    return Texts.uuid(superblock, 0x68).toString();
  }

  @Override
  public long size() {
    return blocks(0x04, 0x150) * blockSize;
  }

  @Override
  public long used() {
    return size() - blocks(0x0c, 0x158) * blockSize;
  }

  private long blocks(int low, int high) {
    long upper = has(0x60, SIXTY_FOUR_BIT) ? Integer.toUnsignedLong(superblock.getInt(high)) : 0;
    return upper << 32 | Integer.toUnsignedLong(superblock.getInt(low));
  }

  int blockSize() {
    return blockSize;
  }

  BlockInput input() {
    return input;
  }

  @Override
  public Node.Directory read() throws IOException {
    nodes.clear();
    Node.Directory root = new Node.Directory(inode(ROOT).attributes());
    nodes.put(ROOT, root);
    // A queue and no recursion: a tree may be deeper than a stack.
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.add(ROOT);
    while (!waiting.isEmpty()) {
      int number = waiting.remove();
      readDirectory(inode(number), (Node.Directory) node(number), waiting);
    }
    return root;
  }

  private Node node(int number) throws IOException {
    Node known = nodes.get(number);
    if (known == null) {
      known = inode(number).node();
      nodes.put(number, known);
    }
    return known;
  }

  private void readDirectory(ExtInode inode, Node.Directory into, Deque<Integer> waiting)
      throws IOException {
    if (inode.size() > LARGEST_DIRECTORY) {
      throw new CooperException.Corrupt("a directory of " + inode.size() + " bytes");
    }
    ByteBuffer block = ByteBuffer.allocate(blockSize).order(ByteOrder.LITTLE_ENDIAN);
    ExtBlocks map = inode.blocks();
    for (long start = 0; start < inode.size(); start += blockSize) {
      map.read(start, block.clear());
      // The inner blocks of an index look like one long, unused entry.
      for (int at = 0; at + 8 <= blockSize; ) {
        int target = block.getInt(at);
        int length = block.getShort(at + 4) & 0xffff;
        int nameLength = block.get(at + 6) & 0xff;
        length = length == 0 && blockSize == 1 << 16 ? blockSize : length;
        if (length < 8 || at + length > blockSize || 8 + nameLength > length) {
          throw new CooperException.Corrupt("a damaged directory in inode " + inode.number());
        }
        byte[] name = new byte[nameLength];
        block.get(at + 8, name);
        if (target != 0 && nameLength > 0 && !isDots(name)) {
          boolean isNew = !nodes.containsKey(target);
          Node node = node(target);
          if (node instanceof Node.Directory && !isNew) {
            throw new CooperException.Corrupt("inode " + target + " is a directory twice");
          }
          if (node instanceof Node.Directory) {
            waiting.add(target);
          }
          into.put(name, node);
        }
        at += length;
      }
    }
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  /** Reads an inode by its number. */
  ExtInode inode(int number) throws IOException {
    if (number < 1 || Integer.compareUnsigned(number, superblock.getInt(0)) > 0) {
      throw new CooperException.Corrupt("there is no inode " + Integer.toUnsignedString(number));
    }
    long index = Integer.toUnsignedLong(number) - 1;
    long group = index / inodesPerGroup;
    ByteBuffer descriptor = input.bytes(descriptorPlace(group), descriptorSize);
    long table = Integer.toUnsignedLong(descriptor.getInt(8));
    if (descriptorSize >= 64) {
      table |= Integer.toUnsignedLong(descriptor.getInt(0x28)) << 32;
    }
    long place = table * blockSize + index % inodesPerGroup * inodeSize;
    return new ExtInode(this, number, input.bytes(place, inodeSize));
  }

  private long descriptorPlace(long group) {
    long first = Integer.toUnsignedLong(superblock.getInt(0x14)) + 1;
    int perBlock = blockSize / descriptorSize;
    long block = group / perBlock;
    long within = group % perBlock * descriptorSize;
    if (has(0x60, META_GROUPS) && block >= Integer.toUnsignedLong(superblock.getInt(0x104))) {
      throw new CooperException.InvalidInput("this ext4 has its descriptors spread (meta_bg)");
    }
    return (first + block) * blockSize + within;
  }
}
