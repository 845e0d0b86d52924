package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The crc32c checksums of a file system with {@code metadata_csum}.
 *
 * <p>ext4 starts each one from all ones and leaves out the final inversion that {@link CRC32C}
 * makes; all but the superblock's begin with the file system's UUID, and those of what belongs to
 * one inode go on with its number and its generation, which is always 0 here.
 */
final class Checksums {
  private final byte[] uuid;

  Checksums(UUID uuid) {
    this.uuid = bytes(uuid);
  }

  /** The sixteen bytes of a UUID in the order in which they are written and printed. */
  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** Over the bytes alone, as the superblock does it. */
  static int plain(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return raw(crc);
  }

  /** Over the UUID and the bytes: bitmaps and the values of extended attributes. */
  int of(ByteBuffer data) {
    CRC32C crc = seeded();
    crc.update(data.duplicate());
    return raw(crc);
  }

  /** Over the UUID, a group's number and its descriptor. */
  int ofGroup(int group, ByteBuffer descriptor) {
    CRC32C crc = seeded();
    crc.update(littleEndian(4).putInt(group).flip());
    crc.update(descriptor.duplicate());
    return raw(crc);
  }

  /** Over the UUID, the number of the block that holds the attributes, and its bytes. */
  int ofAttributeBlock(long block, ByteBuffer data) {
    CRC32C crc = seeded();
    crc.update(littleEndian(8).putLong(block).flip());
    crc.update(data.duplicate());
    return raw(crc);
  }

  /** Over the UUID, an inode's number and generation, and the parts one after the other. */
  int ofInode(int inode, ByteBuffer... parts) {
    CRC32C crc = seeded();
    crc.update(littleEndian(8).putInt(inode).putInt(0).flip());
    for (ByteBuffer part : parts) {
      crc.update(part.duplicate());
    }
    return raw(crc);
  }

  private CRC32C seeded() {
    CRC32C crc = new CRC32C();
    crc.update(uuid);
    return crc;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int raw(CRC32C crc) {
    return ~(int) crc.getValue();
  }
}
