package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A name in a directory.
 *
 * @param type what the inode is, as entries say it: 1 file, 2 directory, 3 character device, 4
 *     block device, 5 FIFO, 6 socket, 7 symbolic link
 */
record DirectoryEntry(byte[] name, int inode, int type) {
  static final int DIRECTORY = 2;
  private static final byte[] SELF = ".".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PARENT = "..".getBytes(StandardCharsets.US_ASCII);

  static DirectoryEntry self(int inode) {
    return new DirectoryEntry(SELF, inode, DIRECTORY);
  }

  static DirectoryEntry parent(int inode) {
    return new DirectoryEntry(PARENT, inode, DIRECTORY);
  }

  /** The bytes it takes at least: 8, the name, and up to a multiple of 4. */
  int size() {
    return sizeOf(name.length);
  }

  static int sizeOf(int nameLength) {
    return (8 + nameLength + 3) & ~3;
  }

  /** Puts the entry at the buffer's position and moves on by {@code length}. */
  void put(ByteBuffer block, int length) {
    int start = block.position();
    block.putInt(inode).putShort((short) length).put((byte) name.length).put((byte) type).put(name);
    block.position(start + length);
  }
}
