package dev.cooper.disk.ext4;

import dev.cooper.disk.Node;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes inodes in their form of 256 bytes: 160 of fields, 96 for extended attributes. */
final class InodeBytes {
  static final int FILE = 0100000;
  static final int DIRECTORY = 0040000;
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private static final int FIELDS = 160;
  private static final short EXTRA = FIELDS - 128;
  private static final int SECTORS_PER_BLOCK = Geometry.BLOCK / 512;
  private static final long EARLIEST = Integer.MIN_VALUE;
  private static final long LATEST = (1L << 34) + Integer.MIN_VALUE - 1;

  private final Generation generation;
  private final Checksums checksums;
  private final Node.Attributes ownAttributes;

  /**
   * @param created the time of what stands for no file of the tree
   */
  InodeBytes(Generation generation, Checksums checksums, long created) {
    this.generation = generation;
    this.checksums = checksums;
    this.ownAttributes = Node.Attributes.ofRoot(0600, created);
  }

  /** Writes an inode over 256 bytes of zeros; the slice's order is little-endian. */
  void put(Inode inode, ByteBuffer out) {
    Node.Attributes attributes = inode.node == null ? ownAttributes : inode.node.attributes();
    out.putShort(0x00, (short) (type(inode.node) | attributes.mode()));
    out.putShort(0x02, (short) attributes.uid()).putShort(0x78, (short) (attributes.uid() >> 16));
    out.putShort(0x18, (short) attributes.gid()).putShort(0x7a, (short) (attributes.gid() >> 16));
    out.putInt(0x04, (int) inode.size).putInt(0x6c, (int) (inode.size >>> 32));
    putTimes(attributes, out);
    out.putShort(0x1a, (short) links(inode));
    long sectors = inode.blocks * SECTORS_PER_BLOCK;
    out.putInt(0x1c, (int) sectors).putShort(0x74, (short) (sectors >>> 32));
    out.putInt(0x20, inode.flags);
    out.put(0x28, inode.map);
    out.putInt(0x68, (int) inode.attributeBlock);
    out.putShort(0x76, (short) (inode.attributeBlock >>> 32));
    out.putShort(0x80, EXTRA);
    AttributeBytes.putBehindInode(
        out.slice(FIELDS, Geometry.INODE - FIELDS), inode.attributes.inInode());
    byte[] value = inode.value;
    if (value != null) {
      putValueFields(checksums.of(ByteBuffer.wrap(value)), out);
    }
    if (generation.checksums()) {
      int checksum = checksums.ofInode(inode.number, out);
      out.putShort(0x7c, (short) checksum).putShort(0x82, (short) (checksum >>> 16));
    }
  }

  /**
   * An inode that holds an attribute's value has its hash in place of the access time, and in place
   * of change time and version a count of the attributes that have the value, which is 1.
   */
  private static void putValueFields(int hash, ByteBuffer out) {
    out.putInt(0x08, hash).putInt(0x8c, 0);
    out.putInt(0x0c, 0).putInt(0x84, 0);
    out.putInt(0x24, 1).putInt(0x98, 0);
  }

  /** A directory with too many subdirectories for the field has 1, which means "not counted". */
  private int links(Inode inode) {
    boolean uncounted =
        inode.node instanceof Node.Directory && inode.links > generation.maximumLinks();
    return uncounted ? 1 : inode.links;
  }

  private static int type(@Nullable Node node) {
    return switch (node) {
      case null -> FILE;
      case Node.RegularFile file -> FILE;
      case Node.Directory directory -> DIRECTORY;
      case Node.SymbolicLink link -> SYMBOLIC_LINK;
      case Node.Special special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> CHARACTER_DEVICE;
            case BLOCK_DEVICE -> BLOCK_DEVICE;
            case FIFO -> FIFO;
            case SOCKET -> SOCKET;
          };
    };
  }

  private static void putTimes(Node.Attributes attributes, ByteBuffer out) {
    long seconds = Math.clamp(attributes.seconds(), EARLIEST, LATEST);
    // The low 32 bits are signed; two bits more say how often 2^32 is added.
    int low = (int) seconds;
    int high = (int) ((seconds - low) >>> 32) & 3;
    int extra = attributes.nanoseconds() << 2 | high;
    out.putInt(0x08, low).putInt(0x0c, low).putInt(0x10, low).putInt(0x90, low);
    out.putInt(0x84, extra).putInt(0x88, extra).putInt(0x8c, extra).putInt(0x94, extra);
  }
}
