package dev.cooper.disk.inspect;

import dev.cooper.disk.Node;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A swap partition, of which only the first page says anything. */
record SwapArea(String label, String id, long size) implements FileSystem {
  static SwapArea of(ByteBuffer page, long size) {
    return new SwapArea(Texts.upToNul(page, 1052, 16), Texts.uuid(page, 1036).toString(), size);
  }

  @Override
  public String type() {
    return "swap";
  }

  @Override
  public long used() {
    return 0;
  }

  @Override
  public Node.Directory read() {
    return new Node.Directory(Node.Attributes.ofRoot(0755, 0));
  }

  /** Reads what superblocks hold beside numbers. */
  static final class Texts {
    private Texts() {}

    static String upToNul(ByteBuffer in, int at, int length) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < length && in.get(at + i) != 0; i++) {
        out.append((char) (in.get(at + i) & 0xff));
      }
      return out.toString();
    }

    /** A UUID in the order in which it is printed. */
    static UUID uuid(ByteBuffer in, int at) {
      return new UUID(Long.reverseBytes(in.getLong(at)), Long.reverseBytes(in.getLong(at + 8)));
    }
  }
}
