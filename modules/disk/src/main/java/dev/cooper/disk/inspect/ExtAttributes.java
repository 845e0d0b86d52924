package dev.cooper.disk.inspect;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads extended attributes: behind an inode, in a block of their own, in an inode of their own.
 */
final class ExtAttributes {
  private static final int MAGIC = 0xea020000;
  private static final int BLOCK_HEADER = 32;
  private static final int LARGEST = 1 << 20;
  private static final Map<Integer, String> PREFIXES =
      Map.of(
          1, "user.",
          2, "system.posix_acl_access",
          3, "system.posix_acl_default",
          4, "trusted.",
          6, "security.",
          7, "system.");

  private final ExtFileSystem owner;
  private final Map<String, byte[]> found = new TreeMap<>();

  private ExtAttributes(ExtFileSystem owner) {
    this.owner = owner;
  }

  /**
   * An inode's attributes by their full names, as getxattr gives them.
   *
   * @param behind where in the inode its attributes may begin
   */
  static Map<String, byte[]> of(ExtFileSystem owner, ByteBuffer inode, int behind)
      throws IOException {
    ExtAttributes attributes = new ExtAttributes(owner);
    if (behind + 8 <= inode.capacity() && inode.getInt(behind) == MAGIC) {
      int start = behind + 4;
      attributes.read(
          inode.slice(start, inode.capacity() - start).order(ByteOrder.LITTLE_ENDIAN), 0);
    }
    long block =
        Integer.toUnsignedLong(inode.getInt(0x68)) | (long) (inode.getShort(0x76) & 0xffff) << 32;
    if (block != 0) {
      ByteBuffer bytes = owner.input().bytes(block * owner.blockSize(), owner.blockSize());
      if (bytes.getInt(0) != MAGIC) {
        throw new CooperException.Corrupt("a damaged block of extended attributes");
      }
      attributes.read(bytes, BLOCK_HEADER);
    }
    return Map.copyOf(attributes.found);
  }

  /** Entries from a place on; their values' offsets count from the buffer's start. */
  private void read(ByteBuffer in, int start) throws IOException {
    int at = start;
    while (at + 16 <= in.capacity() && in.getInt(at) != 0) {
      int nameLength = in.get(at) & 0xff;
      String prefix = PREFIXES.getOrDefault((int) in.get(at + 1), "index-" + in.get(at + 1) + ".");
      int offset = in.getShort(at + 2) & 0xffff;
      int inode = in.getInt(at + 4);
      int size = in.getInt(at + 8);
      boolean inside = inode != 0 || (size >= 0 && offset + size <= in.capacity());
      if (at + 16 + nameLength > in.capacity() || size < 0 || size > LARGEST || !inside) {
        throw new CooperException.Corrupt("damaged extended attributes");
      }
      byte[] name = new byte[nameLength];
      in.get(at + 16, name);
      byte[] value = new byte[size];
      if (inode != 0) {
        owner.inode(inode).blocks().read(0, ByteBuffer.wrap(value));
      } else {
        in.get(offset, value);
      }
      String full = prefix + new String(name, StandardCharsets.UTF_8);
      found.put(full, full.startsWith("system.posix_acl_") ? accessList(value) : value);
      at += 16 + (nameLength + 3 & ~3);
    }
  }

  /** From the disk's version 1, where most entries have four bytes, to getxattr's version 2. */
  private static byte[] accessList(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(4 + 2 * value.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(2);
    in.position(Math.min(4, value.length));
    while (in.remaining() >= 4) {
      short tag = in.getShort();
      out.putShort(tag).putShort(in.getShort());
      boolean named = tag == 0x02 || tag == 0x08;
      out.putInt(named && in.remaining() >= 4 ? in.getInt() : -1);
    }
    byte[] list = new byte[out.position()];
    out.get(0, list);
    return list;
  }
}
