package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads the form that {@link IndexEncoder} describes. */
final class IndexDecoder {
  private static final EntryType[] TYPES = EntryType.values();
  private static final int TYPE_MASK = 7;

  private final byte[] bytes;
  private final int end;
  private int at;
  private byte[] path = new byte[256];

  /** So many first bytes of the path are known to be ASCII. */
  private int plain;

  private IndexDecoder(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length - 4;
  }

  static List<LayerIndex.Entry> decode(byte[] bytes) {
    try {
      return new IndexDecoder(bytes).all();
    } catch (IndexOutOfBoundsException
        | NegativeArraySizeException
        | DateTimeException
        | ArithmeticException
        | CooperException e) {
      throw new CooperException.Corrupt(
          "damaged table of contents of a layer", "remove it; it is made again when needed", e);
    }
  }

  private List<LayerIndex.Entry> all() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, Math.max(end, 0));
    if (fixed(0) != IndexEncoder.MAGIC || fixed(end) != (int) crc.getValue()) {
      throw damaged();
    }
    at = 4;
    int count = length(number());
    List<LayerIndex.Entry> entries = new ArrayList<>(count);
    int mode = 0644;
    long uid = 0;
    long gid = 0;
    String userName = "";
    String groupName = "";
    Instant modified = Instant.EPOCH;
    long previousEnd = 0;
    for (int i = 0; i < count; i++) {
      int flags = bytes[at++];
      EntryType type = TYPES[flags & TYPE_MASK];
      String name = path();
      if ((flags & IndexEncoder.SAME_OWNER) == 0) {
        mode = (int) number();
        uid = number();
        gid = number();
        userName = text(userName);
        groupName = text(groupName);
      }
      if ((flags & IndexEncoder.SAME_TIME) == 0) {
        long seconds = modified.getEpochSecond() + signed();
        modified = Instant.ofEpochSecond(seconds, number());
      }
      long size = 0;
      long offset = 0;
      SparseMap sparse = null;
      String target = "";
      int major = 0;
      int minor = 0;
      switch (type) {
        case FILE -> {
          size = number();
          offset = previousEnd + signed();
          sparse = (flags & IndexEncoder.SPARSE) == 0 ? null : pieces(size);
          previousEnd = offset + (sparse == null ? size : sparse.stored());
        }
        case SYMLINK, HARD_LINK -> target = text("");
        case CHARACTER_DEVICE, BLOCK_DEVICE -> {
          major = (int) number();
          minor = (int) number();
        }
        case DIRECTORY, FIFO -> {}
      }
      Map<String, byte[]> xattrs = (flags & IndexEncoder.XATTRS) == 0 ? Map.of() : xattrs();
      TarEntry entry =
          new TarEntry(
              name, type, mode, uid, gid, userName, groupName, size, modified, target, major, minor,
              xattrs);
      entries.add(new LayerIndex.Entry(entry, offset, sparse));
    }
    if (at != end) {
      throw damaged();
    }
    return entries;
  }

  private String path() {
    int shared = (int) number();
    int rest = length(number());
    if (shared + rest > path.length) {
      path = Arrays.copyOf(path, shared + rest + 256);
    }
    System.arraycopy(bytes, at, path, shared, rest);
    at += rest;
    if (shared < plain) {
      plain = shared;
    }
    while (plain < shared + rest && plain >= shared && path[plain] >= 0) {
      plain++;
    }
    return plain == shared + rest
        ? new String(path, 0, plain, StandardCharsets.ISO_8859_1)
        : PathBytes.decode(path, 0, shared + rest);
  }

  private SparseMap pieces(long size) {
    int count = length(number());
    long[] offsets = new long[count];
    long[] lengths = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = number();
      lengths[i] = number();
    }
    return SparseMap.of(offsets, lengths, size);
  }

  private Map<String, byte[]> xattrs() {
    int count = length(number());
    Map<String, byte[]> xattrs = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = text("");
      int length = length(number());
      xattrs.put(name, Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    return xattrs;
  }

  /** A text; the one given when it is the same, so that owners' names are one string. */
  private String text(String before) {
    int length = length(number());
    String text = PathBytes.decode(bytes, at, length);
    at += length;
    return text.equals(before) ? before : text;
  }

  private long signed() {
    long number = number();
    return number >>> 1 ^ -(number & 1);
  }

  private long number() {
    byte b = bytes[at++];
    if (b >= 0) {
      return b;
    }
    long number = b & 0x7F;
    for (int shift = 7; ; shift += 7) {
      b = bytes[at++];
      number |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return number;
      }
    }
  }

  /** A length or a count, which cannot be more than the bytes that are left. */
  private int length(long number) {
    if (number < 0 || number > end - at) {
      throw damaged();
    }
    return (int) number;
  }

  private int fixed(int from) {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | bytes[from + i] & 0xFF;
    }
    return number;
  }

  private static CooperException damaged() {
    return new CooperException.Corrupt("damaged table of contents of a layer");
  }
}
