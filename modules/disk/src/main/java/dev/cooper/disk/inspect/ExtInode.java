package dev.cooper.disk.inspect;

import dev.cooper.disk.Node;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** One inode's fields. */
record ExtInode(ExtFileSystem owner, int number, ByteBuffer bytes) {
  private static final int EXTENTS = 0x80000;
  private static final int INLINE_LINK = 60;
  private static final int LONGEST_LINK = 4096;
  private static final int FILE = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  private int shortAt(int place) {
    return bytes.getShort(place) & 0xffff;
  }

  private int extra() {
    return bytes.capacity() > 128 ? shortAt(0x80) : 0;
  }

  long size() {
    long high = kind() == FILE || kind() == DIRECTORY ? bytes.getInt(0x6c) : 0;
    long size = high << 32 | Integer.toUnsignedLong(bytes.getInt(4));
    if (size < 0 || size / owner.blockSize() >= 1L << 32) {
      throw new CooperException.Corrupt("inode " + number + " is of an impossible size");
    }
    return size;
  }

  private int kind() {
    return shortAt(0) & 0170000;
  }

  ByteBuffer map() {
    return bytes.slice(0x28, INLINE_LINK).order(ByteOrder.LITTLE_ENDIAN);
  }

  ExtBlocks blocks() throws IOException {
    return (bytes.getInt(0x20) & EXTENTS) != 0
        ? ExtBlocks.ofExtents(owner.input(), owner.blockSize(), map())
        : ExtBlocks.ofLists(owner.input(), owner.blockSize(), map(), size());
  }

  Node.Attributes attributes() throws IOException {
    long seconds = bytes.getInt(0x10);
    int nanoseconds = 0;
    if (extra() >= 0x0c) {
      int more = bytes.getInt(0x88);
      seconds += (long) (more & 3) << 32;
      nanoseconds = Math.min(more >>> 2, 999_999_999);
    }
    long uid = shortAt(2) | (long) shortAt(0x78) << 16;
    long gid = shortAt(0x18) | (long) shortAt(0x7a) << 16;
    Map<String, byte[]> extended =
        ExtAttributes.of(owner, bytes, extra() == 0 ? bytes.capacity() : 128 + extra());
    return new Node.Attributes(shortAt(0) & 07777, uid, gid, seconds, nanoseconds, extended);
  }

  /** The inode as a node; a directory's is still empty. */
  Node node() throws IOException {
    return switch (kind()) {
      case DIRECTORY -> new Node.Directory(attributes());
      case FILE -> {
        ExtBlocks blocks = blocks();
        long size = size();
        yield new Node.RegularFile(
            attributes(), size, new Node.Content.Given(() -> new RunStream(blocks::read, size)));
      }
      case LINK -> new Node.SymbolicLink(attributes(), target());
      case 0020000 -> special(Node.Special.Kind.CHARACTER_DEVICE);
      case 0060000 -> special(Node.Special.Kind.BLOCK_DEVICE);
      case 0010000 -> special(Node.Special.Kind.FIFO);
      case 0140000 -> special(Node.Special.Kind.SOCKET);
      default -> throw new CooperException.Corrupt("inode " + number + " is of no known kind");
    };
  }

  private byte[] target() throws IOException {
    if (size() > LONGEST_LINK) {
      throw new CooperException.Corrupt("a symbolic link of " + size() + " bytes");
    }
    byte[] target = new byte[(int) size()];
    if (target.length < INLINE_LINK) {
      map().get(0, target);
    } else {
      blocks().read(0, ByteBuffer.wrap(target));
    }
    return target;
  }

  private Node.Special special(Node.Special.Kind kind) throws IOException {
    if (kind == Node.Special.Kind.FIFO || kind == Node.Special.Kind.SOCKET) {
      return new Node.Special(attributes(), kind, 0, 0);
    }
    int old = map().getInt(0);
    if (old != 0) {
      return new Node.Special(attributes(), kind, old >>> 8 & 0xff, old & 0xff);
    }
    int now = map().getInt(4);
    int major = now >>> 8 & 0xfff;
    int minor = now & 0xff | now >>> 12 & 0xfff00;
    return new Node.Special(attributes(), kind, major, minor);
  }
}
