package dev.cooper.disk.ext4;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where an inode's extended attributes go: the small ones behind the inode itself, the others to a
 * block, and values too large for that to inodes of their own.
 *
 * @param inInode those that fit the 96 bytes behind the inode
 * @param inBlock those in the block, in its order; empty when there is no block
 * @param outside those of {@code inBlock} whose values have inodes of their own
 */
record AttributePlan(
    List<ExtendedAttribute> inInode,
    List<ExtendedAttribute> inBlock,
    List<ExtendedAttribute> outside) {
  static final AttributePlan NONE = new AttributePlan(List.of(), List.of(), List.of());

  /** What lies between the inode's fields and its end, less the magic and the end mark. */
  private static final int ROOM_IN_INODE = Geometry.INODE - 160 - 4 - 4;

  /** A block less its header of 32 bytes and the end mark. */
  private static final int ROOM_IN_BLOCK = Geometry.BLOCK - 32 - 4;

  /**
   * Decides for all attributes of one inode.
   *
   * @param owner what has the attributes, for the message
   * @throws CooperException.InvalidInput when they cannot be stored
   */
  static AttributePlan of(Map<String, byte[]> attributes, Generation generation, String owner) {
    if (attributes.isEmpty()) {
      return NONE;
    }
    List<ExtendedAttribute> all = new ArrayList<>();
    attributes.forEach((name, value) -> all.add(ExtendedAttribute.of(name, value, owner)));
    all.sort(
        Comparator.comparingInt((ExtendedAttribute attribute) -> attribute.valueSize())
            .thenComparing(ExtendedAttribute.IN_BLOCK));
    List<ExtendedAttribute> inInode = new ArrayList<>();
    List<ExtendedAttribute> inBlock = new ArrayList<>();
    int inodeRoom = ROOM_IN_INODE;
    int blockRoom = ROOM_IN_BLOCK;
    for (ExtendedAttribute attribute : all) {
      int size = attribute.entrySize() + attribute.valueSize();
      if (size <= inodeRoom) {
        inInode.add(attribute);
        inodeRoom -= size;
      } else {
        inBlock.add(attribute);
        blockRoom -= size;
      }
    }
    List<ExtendedAttribute> outside = new ArrayList<>();
    for (int i = inBlock.size() - 1; i >= 0 && blockRoom < 0; i--) {
      outside.add(inBlock.get(i));
      blockRoom += inBlock.get(i).valueSize();
    }
    if (blockRoom < 0 || (!outside.isEmpty() && generation == Generation.EXT3)) {
      throw new CooperException.InvalidInput(
          owner + ": its extended attributes are too large for " + generation.title());
    }
    inBlock.sort(ExtendedAttribute.IN_BLOCK);
    return new AttributePlan(List.copyOf(inInode), List.copyOf(inBlock), List.copyOf(outside));
  }
}
