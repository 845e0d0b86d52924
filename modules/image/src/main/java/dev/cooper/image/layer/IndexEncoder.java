package dev.cooper.image.layer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The compact form of a layer's table of contents. After a magic and the number of entries, each
 * entry is
 *
 * <pre>
 * flags     1 byte: type, and what is the same as in the entry before or has its usual value
 * path      length shared with the path before, length of the rest, the rest
 * mode, uid, gid, user name, group name     unless the same as before
 * modified  seconds less those before, nanoseconds   unless the same as before
 * files     size; offset less the end of the contents before; pieces if sparse
 * links     target
 * devices   major, minor
 * xattrs    number, then name and value each, if there are any
 * </pre>
 *
 * Numbers are of variable length, seven bits a byte, lowest first; signed ones in zigzag. A CRC-32C
 * of all that goes before ends it.
 */
final class IndexEncoder {
  static final int MAGIC = 0x43544F31;
  static final int SAME_OWNER = 1 << 3;
  static final int SAME_TIME = 1 << 4;
  static final int SPARSE = 1 << 5;
  static final int XATTRS = 1 << 6;

  private byte[] bytes;
  private int at;

  private IndexEncoder(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] encode(List<LayerIndex.Entry> entries) {
    IndexEncoder encoder = new IndexEncoder(64 + entries.size() * 40);
    encoder.all(entries);
    CRC32C crc = new CRC32C();
    crc.update(encoder.bytes, 0, encoder.at);
    encoder.fixed((int) crc.getValue());
    return Arrays.copyOf(encoder.bytes, encoder.at);
  }

  private void all(List<LayerIndex.Entry> entries) {
    fixed(MAGIC);
    number(entries.size());
    byte[] path = {};
    TarEntry before = TarEntry.file("", 0);
    long end = 0;
    for (LayerIndex.Entry indexed : entries) {
      TarEntry entry = indexed.entry();
      boolean sameOwner = sameOwner(entry, before);
      boolean sameTime = entry.modified().equals(before.modified());
      SparseMap sparse = indexed.sparse();
      ensure(1);
      bytes[at++] =
          (byte)
              (entry.type().ordinal()
                  | (sameOwner ? SAME_OWNER : 0)
                  | (sameTime ? SAME_TIME : 0)
                  | (sparse != null ? SPARSE : 0)
                  | (entry.xattrs().isEmpty() ? 0 : XATTRS));
      path = path(PathBytes.encode(entry.path()), path);
      if (!sameOwner) {
        owner(entry);
      }
      if (!sameTime) {
        Instant modified = entry.modified();
        signed(modified.getEpochSecond() - before.modified().getEpochSecond());
        number(modified.getNano());
      }
      switch (entry.type()) {
        case FILE -> {
          number(entry.size());
          signed(indexed.offset() - end);
          if (sparse != null) {
            pieces(sparse);
          }
          end = indexed.offset() + (sparse == null ? entry.size() : sparse.stored());
        }
        case SYMLINK, HARD_LINK -> text(entry.linkTarget());
        case CHARACTER_DEVICE, BLOCK_DEVICE -> {
          number(entry.deviceMajor());
          number(entry.deviceMinor());
        }
        case DIRECTORY, FIFO -> {}
      }
      if (!entry.xattrs().isEmpty()) {
        xattrs(entry.xattrs());
      }
      before = entry;
    }
  }

  private static boolean sameOwner(TarEntry entry, TarEntry before) {
    return entry.mode() == before.mode()
        && entry.uid() == before.uid()
        && entry.gid() == before.gid()
        && entry.userName().equals(before.userName())
        && entry.groupName().equals(before.groupName());
  }

  private byte[] path(byte[] path, byte[] before) {
    int shared = Arrays.mismatch(path, before);
    shared = shared < 0 ? path.length : shared;
    number(shared);
    number(path.length - shared);
    raw(path, shared, path.length - shared);
    return path;
  }

  private void owner(TarEntry entry) {
    number(entry.mode());
    number(entry.uid());
    number(entry.gid());
    text(entry.userName());
    text(entry.groupName());
  }

  private void pieces(SparseMap sparse) {
    number(sparse.pieces());
    for (int i = 0; i < sparse.pieces(); i++) {
      number(sparse.offset(i));
      number(sparse.length(i));
    }
  }

  private void xattrs(Map<String, byte[]> xattrs) {
    number(xattrs.size());
    for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
      text(xattr.getKey());
      number(xattr.getValue().length);
      raw(xattr.getValue(), 0, xattr.getValue().length);
    }
  }

  private void text(String text) {
    byte[] encoded = PathBytes.encode(text);
    number(encoded.length);
    raw(encoded, 0, encoded.length);
  }

  private void raw(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, at, length);
    at += length;
  }

  private void signed(long number) {
    number(number << 1 ^ number >> 63);
  }

  private void number(long number) {
    ensure(10);
    while ((number & ~0x7FL) != 0) {
      bytes[at++] = (byte) (number | 0x80);
      number >>>= 7;
    }
    bytes[at++] = (byte) number;
  }

  private void fixed(int number) {
    ensure(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[at++] = (byte) (number >> shift);
    }
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }
}
