package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The PAX records that an entry needs, those that its ustar header cannot hold. */
final class PaxHeader {
  private static final byte[] NONE = {};
  private static final int MTIME_FIELD = TarHeader.LONG_LENGTH;

  private PaxHeader() {}

  /**
   * The records as bytes, sorted by key; empty when the entry needs none.
   *
   * @throws CooperException.InvalidInput when an extended attribute's name has an equals sign
   */
  static byte[] records(TarEntry entry) {
    if (isPlain(entry)) {
      return NONE;
    }
    // Sorted as UTF-16; keys are ASCII but for odd names of extended attributes.
    Map<String, byte[]> records = new TreeMap<>();
    text(records, "path", UstarHeader.name(entry), TarHeader.NAME_LENGTH);
    text(records, "linkpath", entry.linkTarget(), TarHeader.NAME_LENGTH);
    text(records, "uname", entry.userName(), TarHeader.OWNER_LENGTH);
    text(records, "gname", entry.groupName(), TarHeader.OWNER_LENGTH);
    number(records, "size", entry.size(), TarHeader.LONG_LENGTH);
    number(records, "uid", entry.uid(), TarHeader.ID_LENGTH);
    number(records, "gid", entry.gid(), TarHeader.ID_LENGTH);
    Instant modified = entry.modified();
    if (modified.getNano() != 0 || !UstarHeader.fits(modified.getEpochSecond(), MTIME_FIELD)) {
      records.put("mtime", PathBytes.encode(time(modified)));
    }
    for (Map.Entry<String, byte[]> xattr : entry.xattrs().entrySet()) {
      if (xattr.getKey().indexOf('=') >= 0) {
        throw new CooperException.InvalidInput(
            entry.path() + ": a tar cannot hold extended attribute " + xattr.getKey());
      }
      records.put(PaxRecords.XATTR + xattr.getKey(), xattr.getValue());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      record(bytes, PathBytes.encode(record.getKey()), record.getValue());
    }
    return bytes.toByteArray();
  }

  private static boolean isPlain(TarEntry entry) {
    int nameLength = entry.isDirectory() ? TarHeader.NAME_LENGTH - 1 : TarHeader.NAME_LENGTH;
    return (UstarHeader.fits(entry.path(), nameLength)
            || UstarHeader.split(UstarHeader.name(entry)) > 0)
        && UstarHeader.fits(entry.linkTarget(), TarHeader.NAME_LENGTH)
        && UstarHeader.fits(entry.userName(), TarHeader.OWNER_LENGTH)
        && UstarHeader.fits(entry.groupName(), TarHeader.OWNER_LENGTH)
        && UstarHeader.fits(entry.size(), TarHeader.LONG_LENGTH)
        && UstarHeader.fits(entry.uid(), TarHeader.ID_LENGTH)
        && UstarHeader.fits(entry.gid(), TarHeader.ID_LENGTH)
        && entry.modified().getNano() == 0
        && UstarHeader.fits(entry.modified().getEpochSecond(), MTIME_FIELD)
        && entry.xattrs().isEmpty();
  }

  private static void text(Map<String, byte[]> records, String key, String value, int field) {
    if (!UstarHeader.fits(value, field)) {
      records.put(key, PathBytes.encode(value));
    }
  }

  private static void number(Map<String, byte[]> records, String key, long value, int field) {
    if (!UstarHeader.fits(value, field)) {
      records.put(key, PathBytes.encode(Long.toString(value)));
    }
  }

  /** Seconds with as many digits after the point as are needed. */
  private static String time(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    String sign = "";
    if (seconds < 0) {
      sign = "-";
      seconds = -seconds - 1;
      nanos = 1_000_000_000 - nanos;
    }
    StringBuilder fraction = new StringBuilder().append(1_000_000_000L + nanos);
    while (fraction.charAt(fraction.length() - 1) == '0') {
      fraction.setLength(fraction.length() - 1);
    }
    return sign + seconds + "." + fraction.substring(1);
  }

  /** {@code "%d %s=%s\n"}, where the number counts the whole record, itself included. */
  private static void record(ByteArrayOutputStream bytes, byte[] key, byte[] value) {
    int rest = key.length + value.length + 3;
    int length = rest + digits(rest);
    length = rest + digits(length);
    bytes.writeBytes(PathBytes.encode(length + " "));
    bytes.writeBytes(key);
    bytes.write('=');
    bytes.writeBytes(value);
    bytes.write('\n');
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
