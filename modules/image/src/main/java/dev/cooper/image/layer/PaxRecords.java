package dev.cooper.image.layer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of a PAX extended header that matter to a layer (POSIX.1-2017, pax "pax Extended
 * Header", and the vendors' additions for extended attributes and sparse files). Null or {@link
 * #ABSENT} where a record is not there.
 */
final class PaxRecords {
  static final long ABSENT = Long.MIN_VALUE;

  static final String XATTR = "SCHILY.xattr.";
  private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";

  @Nullable String path;
  @Nullable String linkPath;
  @Nullable String userName;
  @Nullable String groupName;
  long size = ABSENT;
  long uid = ABSENT;
  long gid = ABSENT;
  long modifiedSeconds = ABSENT;
  int modifiedNanos;
  @Nullable Map<String, byte[]> xattrs;

  @Nullable String sparseName;
  long sparseMajor = ABSENT;
  long sparseMinor = ABSENT;
  long sparseRealSize = ABSENT;
  @Nullable List<Long> sparseNumbers;

  PaxRecords() {}

  /** A copy to which an entry's own records are added, of the archive's global ones. */
  PaxRecords(PaxRecords global) {
    path = global.path;
    linkPath = global.linkPath;
    userName = global.userName;
    groupName = global.groupName;
    size = global.size;
    uid = global.uid;
    gid = global.gid;
    modifiedSeconds = global.modifiedSeconds;
    modifiedNanos = global.modifiedNanos;
    xattrs = global.xattrs == null ? null : new TreeMap<>(global.xattrs);
  }

  /** Whether the file is sparse in one of PAX's three ways. */
  boolean isSparse() {
    return sparseMajor != ABSENT || sparseNumbers != null;
  }

  /**
   * Adds the records of an extended header, {@code "%d %s=%s\n"} each; a later one replaces an
   * earlier, an empty value takes it away.
   *
   * @return null, or what is wrong with them
   */
  @Nullable String addAll(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int start = at;
      long length = 0;
      while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && length < bytes.length) {
        length = length * 10 + (bytes[at++] - '0');
      }
      if (at == start || at >= bytes.length || bytes[at] != ' ') {
        return "extended header without a length";
      }
      int end = start + (int) Math.min(length, Integer.MAX_VALUE >> 1) - 1;
      int key = at + 1;
      int equals = key;
      while (equals < bytes.length && equals < end && bytes[equals] != '=') {
        equals++;
      }
      if (end < key
          || end >= bytes.length
          || bytes[end] != '\n'
          || equals >= end
          || equals == key) {
        return "extended header record of a wrong length";
      }
      String problem = add(PathBytes.decode(bytes, key, equals - key), bytes, equals + 1, end);
      if (problem != null) {
        return problem;
      }
      at = end + 1;
    }
    return null;
  }

  private @Nullable String add(String key, byte[] bytes, int from, int to) {
    if (key.startsWith(XATTR)) {
      byte[] value = java.util.Arrays.copyOfRange(bytes, from, to);
      xattrs().put(key.substring(XATTR.length()), value);
      return null;
    }
    String value = PathBytes.decode(bytes, from, to - from);
    boolean unset = value.isEmpty();
    switch (key) {
      case "path" -> path = unset ? null : value;
      case "linkpath" -> linkPath = unset ? null : value;
      case "uname" -> userName = unset ? null : value;
      case "gname" -> groupName = unset ? null : value;
      case "size" -> size = unset ? ABSENT : decimal(value);
      case "uid" -> uid = unset ? ABSENT : decimal(value);
      case "gid" -> gid = unset ? ABSENT : decimal(value);
      case "mtime" -> {
        return unset || time(value) ? null : "malformed time \"" + value + "\"";
      }
      case "GNU.sparse.major" -> sparseMajor = decimal(value);
      case "GNU.sparse.minor" -> sparseMinor = decimal(value);
      case "GNU.sparse.name" -> sparseName = value;
      case "GNU.sparse.size", "GNU.sparse.realsize" -> sparseRealSize = decimal(value);
      case "GNU.sparse.numblocks" -> sparseNumbers = new ArrayList<>();
      case "GNU.sparse.offset", "GNU.sparse.numbytes" -> {
        return sparseNumber(value);
      }
      case "GNU.sparse.map" -> {
        return sparseMap(value);
      }
      default -> {
        return key.startsWith(LIBARCHIVE_XATTR) ? libarchiveXattr(key, value) : null;
      }
    }
    boolean malformed = size == -1 || uid == -1 || gid == -1 || sparseRealSize == -1;
    return malformed ? "malformed number of " + key + ": \"" + value + "\"" : null;
  }

  private Map<String, byte[]> xattrs() {
    Map<String, byte[]> map = xattrs;
    if (map == null) {
      map = new TreeMap<>();
      xattrs = map;
    }
    return map;
  }

  private @Nullable String sparseNumber(String value) {
    List<Long> numbers = sparseNumbers;
    if (numbers == null) {
      return "map of a sparse file without its length";
    }
    numbers.add(decimal(value));
    return null;
  }

  private @Nullable String sparseMap(String value) {
    List<Long> numbers = new ArrayList<>();
    for (int at = 0; at <= value.length(); ) {
      int comma = value.indexOf(',', at);
      int end = comma < 0 ? value.length() : comma;
      numbers.add(decimal(value.substring(at, end)));
      at = end + 1;
    }
    sparseNumbers = numbers;
    return null;
  }

  private @Nullable String libarchiveXattr(String key, String value) {
    String name = percentDecoded(key.substring(LIBARCHIVE_XATTR.length()));
    try {
      xattrs().putIfAbsent(name, Base64.getMimeDecoder().decode(value));
      return null;
    } catch (IllegalArgumentException e) {
      return "malformed extended attribute " + name;
    }
  }

  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = PathBytes.encode(text);
    int n = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        bytes[n++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[n++] = bytes[i];
      }
    }
    return PathBytes.decode(bytes, 0, n);
  }

  /** A number of seconds with any number of digits after the point, which round down. */
  private boolean time(String value) {
    int point = value.indexOf('.');
    String whole = point < 0 ? value : value.substring(0, point);
    boolean negative = whole.startsWith("-");
    long seconds = decimal(negative ? whole.substring(1) : whole);
    if (seconds < 0 || seconds > 1L << 55) {
      return false;
    }
    int nanos = 0;
    for (int i = 1; i <= 9; i++) {
      int c = point >= 0 && point + i < value.length() ? value.charAt(point + i) : '0';
      if (c < '0' || c > '9') {
        return false;
      }
      nanos = nanos * 10 + (c - '0');
    }
    modifiedSeconds = negative ? -seconds - (nanos > 0 ? 1 : 0) : seconds;
    modifiedNanos = negative && nanos > 0 ? 1_000_000_000 - nanos : nanos;
    return true;
  }

  /** A plain decimal number; -1 when it is not one. */
  static long decimal(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
