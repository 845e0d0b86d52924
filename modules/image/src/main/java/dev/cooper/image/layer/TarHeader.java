package dev.cooper.image.layer;

/**
 * The 512-byte header block: where its fields lie (POSIX.1-2017, pax "ustar Interchange Format";
 * the GNU tar manual, "Basic Tar Format") and how numbers are written in them.
 */
final class TarHeader {
  static final int BLOCK = 512;

  static final int NAME = 0;
  static final int NAME_LENGTH = 100;
  static final int MODE = 100;
  static final int UID = 108;
  static final int GID = 116;
  static final int ID_LENGTH = 8;
  static final int SIZE = 124;
  static final int MTIME = 136;
  static final int LONG_LENGTH = 12;
  static final int CHECKSUM = 148;
  static final int CHECKSUM_LENGTH = 8;
  static final int TYPE = 156;
  static final int LINK_NAME = 157;
  static final int MAGIC = 257;
  static final int VERSION = 263;
  static final int USER_NAME = 265;
  static final int GROUP_NAME = 297;
  static final int OWNER_LENGTH = 32;
  static final int DEVICE_MAJOR = 329;
  static final int DEVICE_MINOR = 337;
  static final int PREFIX = 345;
  static final int PREFIX_LENGTH = 155;

  /** Where star, before POSIX, put its mark; then the prefix is 131 bytes and two times follow. */
  static final int STAR_TRAILER = 508;

  static final int STAR_PREFIX_LENGTH = 131;

  /** Returned for a field that is no number; no field can hold it. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  enum Format {
    V7,
    USTAR,
    STAR,
    GNU
  }

  private TarHeader() {}

  static boolean isZero(byte[] block, int start) {
    for (int i = start; i < start + BLOCK; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of all bytes, the checksum field taken as blanks. */
  static int checksum(byte[] block, int start) {
    int sum = CHECKSUM_LENGTH * ' ';
    for (int i = 0; i < CHECKSUM; i++) {
      sum += block[start + i] & 0xFF;
    }
    for (int i = CHECKSUM + CHECKSUM_LENGTH; i < BLOCK; i++) {
      sum += block[start + i] & 0xFF;
    }
    return sum;
  }

  /**
   * Whether the checksum is right, counting bytes unsigned as the standard does or signed as old
   * Suns.
   */
  static boolean isChecksumRight(byte[] block, int start) {
    long stored = number(block, start + CHECKSUM, CHECKSUM_LENGTH);
    if (stored == checksum(block, start)) {
      return true;
    }
    int signed = CHECKSUM_LENGTH * ' ';
    for (int i = 0; i < BLOCK; i++) {
      if (i < CHECKSUM || i >= CHECKSUM + CHECKSUM_LENGTH) {
        signed += block[start + i];
      }
    }
    return stored == signed;
  }

  static Format format(byte[] block, int start) {
    int at = start + MAGIC;
    if (block[at] != 'u'
        || block[at + 1] != 's'
        || block[at + 2] != 't'
        || block[at + 3] != 'a'
        || block[at + 4] != 'r') {
      return Format.V7;
    }
    if (block[at + 5] == ' ') {
      return Format.GNU;
    }
    int trailer = start + STAR_TRAILER;
    boolean star =
        block[trailer] == 't'
            && block[trailer + 1] == 'a'
            && block[trailer + 2] == 'r'
            && block[trailer + 3] == 0;
    return star ? Format.STAR : Format.USTAR;
  }

  /** The length of a text that ends at NUL or at the end of its field. */
  static int textLength(byte[] block, int at, int field) {
    int length = 0;
    while (length < field && block[at + length] != 0) {
      length++;
    }
    return length;
  }

  /**
   * A number in octal digits, or in base 256 when the first bit is set; an empty field is 0.
   *
   * @return {@link #NOT_A_NUMBER} for anything else
   */
  static long number(byte[] block, int at, int field) {
    if (block[at] < 0) {
      return base256(block, at, field);
    }
    int i = at;
    int end = at + field;
    while (i < end && (block[i] == ' ' || block[i] == 0)) {
      i++;
    }
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      if (value >>> 60 != 0) {
        return NOT_A_NUMBER;
      }
      value = value << 3 | block[i] - '0';
      i++;
    }
    return i == end || block[i] == ' ' || block[i] == 0 ? value : NOT_A_NUMBER;
  }

  private static long base256(byte[] block, int at, int field) {
    boolean negative = (block[at] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = 0; i < field; i++) {
      int b = block[at + i] & 0xFF;
      if (i == 0) {
        b = negative ? b : b & 0x7F;
      }
      long high = value >> 55;
      if (high != 0 && high != -1) {
        return NOT_A_NUMBER;
      }
      value = value << 8 | b;
    }
    return value < 0 == negative ? value : NOT_A_NUMBER;
  }
}
