package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Extended attributes in the two forms they have on disk: behind an inode, and as a block. */
final class AttributeBytes {
  private static final int MAGIC = 0xea020000;
  private static final int HEADER = 32;

  private AttributeBytes() {}

  /**
   * A value that has an inode of its own.
   *
   * @param hash the crc32c of the value
   */
  record Outside(int inode, int hash) {}

  /** Fills the space behind an inode's fields; the slice's first byte is the first after them. */
  static void putBehindInode(ByteBuffer space, List<ExtendedAttribute> attributes) {
    ByteBuffer out = space.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (attributes.isEmpty()) {
      return;
    }
    out.putInt(0, MAGIC);
    ByteBuffer body = out.slice(4, out.capacity() - 4).order(ByteOrder.LITTLE_ENDIAN);
    int value = body.capacity();
    for (ExtendedAttribute attribute : attributes) {
      value -= attribute.valueSize();
      body.put(value, attribute.value());
      putEntry(body, attribute, value, 0, 0);
    }
  }

  /**
   * A whole block of attributes.
   *
   * @param attributes sorted as {@link ExtendedAttribute#IN_BLOCK} has it
   * @param outside those whose values are elsewhere
   */
  static ByteBuffer block(
      List<ExtendedAttribute> attributes, Map<ExtendedAttribute, Outside> outside) {
    ByteBuffer out = ByteBuffer.allocate(Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0, MAGIC).putInt(4, 1).putInt(8, 1);
    out.position(HEADER);
    int value = Geometry.BLOCK;
    int blockHash = 0;
    for (ExtendedAttribute attribute : attributes) {
      Outside elsewhere = outside.get(attribute);
      int hash;
      if (elsewhere != null) {
        hash = attribute.hashWith(elsewhere.hash());
        putEntry(out, attribute, 0, elsewhere.inode(), hash);
      } else {
        value -= attribute.valueSize();
        out.put(value, attribute.value());
        hash = attribute.hash();
        putEntry(out, attribute, attribute.value().length == 0 ? 0 : value, 0, hash);
      }
      blockHash = Integer.rotateLeft(blockHash, 16) ^ hash;
    }
    out.putInt(12, blockHash);
    return out.clear();
  }

  /** Fills in the checksum, which depends on the block's own place. */
  static void seal(ByteBuffer block, long number, Checksums checksums) {
    block.putInt(16, 0).putInt(16, checksums.ofAttributeBlock(number, block));
  }

  private static void putEntry(
      ByteBuffer out, ExtendedAttribute attribute, int valueOffset, int valueInode, int hash) {
    out.put((byte) attribute.name().length).put((byte) attribute.index());
    out.putShort((short) valueOffset).putInt(valueInode);
    out.putInt(attribute.value().length).putInt(hash).put(attribute.name());
    out.position((out.position() + 3) & ~3);
  }
}
