package dev.cooper.disk.ext4;

import dev.cooper.image.CooperException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/**
 * One extended attribute as ext4 stores it: the prefix of its name as a number, the rest as bytes.
 *
 * @param index stands for the prefix
 * @param name the bytes after the prefix; up to 255
 * @param value in the form on disk, which for access control lists is not that of getxattr
 */
record ExtendedAttribute(int index, byte[] name, byte[] value) {
  /** The order in a block: a strict one, since no two attributes have the same full name. */
  static final Comparator<ExtendedAttribute> IN_BLOCK =
      Comparator.comparingInt(ExtendedAttribute::index)
          .thenComparingInt(attribute -> attribute.name.length)
          .thenComparing(ExtendedAttribute::name, Arrays::compareUnsigned);

  static final int LARGEST_VALUE = 64 * 1024;

  private static final int ACL_ACCESS = 2;
  private static final int ACL_DEFAULT = 3;
  private static final Map<String, Integer> PREFIXES =
      Map.of("user.", 1, "trusted.", 4, "security.", 6, "system.", 7);

  /**
   * From the full name and what getxattr would give.
   *
   * @param owner what has the attribute, for the message
   * @throws CooperException.InvalidInput when ext4 has no place for such a name or value
   */
  static ExtendedAttribute of(String fullName, byte[] value, String owner) {
    if (fullName.equals("system.posix_acl_access")) {
      return new ExtendedAttribute(ACL_ACCESS, new byte[0], accessList(value, fullName, owner));
    }
    if (fullName.equals("system.posix_acl_default")) {
      return new ExtendedAttribute(ACL_DEFAULT, new byte[0], accessList(value, fullName, owner));
    }
    String prefix = fullName.substring(0, fullName.indexOf('.') + 1);
    Integer index = PREFIXES.get(prefix);
    byte[] name = fullName.substring(prefix.length()).getBytes(StandardCharsets.UTF_8);
    if (index == null || name.length == 0 || name.length > 255) {
      throw new CooperException.InvalidInput(
          owner + ": ext4 cannot hold the extended attribute \"" + fullName + "\"");
    }
    if (value.length > LARGEST_VALUE) {
      throw new CooperException.InvalidInput(
          "%s: the value of \"%s\" has %d bytes; at most %d fit"
              .formatted(owner, fullName, value.length, LARGEST_VALUE));
    }
    return new ExtendedAttribute(index, name, value);
  }

  /** How many bytes the entry takes that names the attribute. */
  int entrySize() {
    return 16 + padded(name.length);
  }

  int valueSize() {
    return padded(value.length);
  }

  /** The hash of name and value, the value as 32-bit words. */
  int hash() {
    ByteBuffer words =
        ByteBuffer.wrap(Arrays.copyOf(value, valueSize())).order(ByteOrder.LITTLE_ENDIAN);
    int hash = nameHash();
    while (words.hasRemaining()) {
      hash = Integer.rotateLeft(hash, 16) ^ words.getInt();
    }
    return hash;
  }

  /** The hash when the value lies in an inode of its own, which is hashed in its stead. */
  int hashWith(int valueHash) {
    return Integer.rotateLeft(nameHash(), 16) ^ valueHash;
  }

  private int nameHash() {
    int hash = 0;
    for (byte letter : name) {
      hash = Integer.rotateLeft(hash, 5) ^ (letter & 0xff);
    }
    return hash;
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  /**
   * An access control list: getxattr gives version 2 and eight bytes an entry; the disk has version
   * 1, and the identity only where the entry is for a named user or group.
   */
  private static byte[] accessList(byte[] value, String name, String owner) {
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (value.length < 4 || value.length % 8 != 4 || in.getInt() != 2) {
      throw new CooperException.InvalidInput(
          owner + ": the value of \"" + name + "\" is not an access control list");
    }
    ByteBuffer out = ByteBuffer.allocate(value.length).order(ByteOrder.LITTLE_ENDIAN).putInt(1);
    while (in.hasRemaining()) {
      short tag = in.getShort();
      short permissions = in.getShort();
      int identity = in.getInt();
      out.putShort(tag).putShort(permissions);
      boolean named = tag == 0x02 || tag == 0x08;
      if (named) {
        out.putInt(identity);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
