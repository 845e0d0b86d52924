package dev.cooper.image.layer;

/** Writes header blocks, in the form of Go's archive/tar. */
final class UstarHeader {
  private static final String PAX_DIRECTORY = "PaxHeaders.0";

  private UstarHeader() {}

  /**
   * The header of an entry into a cleared block. What does not fit is cut short or 0, since PAX
   * records hold it.
   *
   * @param alone whether no PAX records come with it: then a long name may use the prefix
   */
  static void write(byte[] block, int start, TarEntry entry, boolean alone) {
    String name = name(entry);
    int split = alone ? split(name) : -1;
    if (split > 0) {
      text(block, start + TarHeader.PREFIX, TarHeader.PREFIX_LENGTH, name.substring(0, split));
      name = name.substring(split + 1);
    }
    text(block, start + TarHeader.NAME, TarHeader.NAME_LENGTH, name);
    text(block, start + TarHeader.LINK_NAME, TarHeader.NAME_LENGTH, entry.linkTarget());
    octal(block, start + TarHeader.MODE, TarHeader.ID_LENGTH, entry.mode());
    octal(block, start + TarHeader.UID, TarHeader.ID_LENGTH, entry.uid());
    octal(block, start + TarHeader.GID, TarHeader.ID_LENGTH, entry.gid());
    octal(block, start + TarHeader.SIZE, TarHeader.LONG_LENGTH, entry.size());
    octal(block, start + TarHeader.MTIME, TarHeader.LONG_LENGTH, entry.modified().getEpochSecond());
    block[start + TarHeader.TYPE] = flag(entry.type());
    text(block, start + TarHeader.USER_NAME, TarHeader.OWNER_LENGTH, entry.userName());
    text(block, start + TarHeader.GROUP_NAME, TarHeader.OWNER_LENGTH, entry.groupName());
    octal(block, start + TarHeader.DEVICE_MAJOR, TarHeader.ID_LENGTH, entry.deviceMajor());
    octal(block, start + TarHeader.DEVICE_MINOR, TarHeader.ID_LENGTH, entry.deviceMinor());
    seal(block, start);
  }

  /** The header of an entry's PAX records into a cleared block. */
  static void writePax(byte[] block, int start, TarEntry entry, int length) {
    String path = entry.path();
    String name = PAX_DIRECTORY;
    if (entry.isDirectory()) {
      name = path.isEmpty() ? name : path + "/" + name;
    } else {
      int slash = path.lastIndexOf('/');
      name = path.substring(0, slash + 1) + name + "/" + path.substring(slash + 1);
    }
    name = ascii(name);
    if (name.length() > TarHeader.NAME_LENGTH) {
      int end = TarHeader.NAME_LENGTH;
      while (name.charAt(end - 1) == '/') {
        end--;
      }
      name = name.substring(0, end);
    }
    text(block, start + TarHeader.NAME, TarHeader.NAME_LENGTH, name);
    octal(block, start + TarHeader.MODE, TarHeader.ID_LENGTH, 0);
    octal(block, start + TarHeader.UID, TarHeader.ID_LENGTH, 0);
    octal(block, start + TarHeader.GID, TarHeader.ID_LENGTH, 0);
    octal(block, start + TarHeader.SIZE, TarHeader.LONG_LENGTH, length);
    octal(block, start + TarHeader.MTIME, TarHeader.LONG_LENGTH, 0);
    block[start + TarHeader.TYPE] = 'x';
    seal(block, start);
  }

  /** The name as archives show it: a directory's ends in a slash, the root's is {@code ./}. */
  static String name(TarEntry entry) {
    if (!entry.isDirectory()) {
      return entry.path();
    }
    return entry.path().isEmpty() ? "./" : entry.path() + "/";
  }

  /**
   * Whether the text can stand in a header field of this length, so that no PAX record is needed.
   */
  static boolean fits(String text, int field) {
    if (text.length() > field) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Where a name too long for its field can be cut into a prefix and a rest; -1 when it cannot. */
  static int split(String name) {
    int length = name.length();
    if (length <= TarHeader.NAME_LENGTH || !fits(name, length)) {
      return -1;
    }
    int last = length;
    if (last > TarHeader.PREFIX_LENGTH + 1) {
      last = TarHeader.PREFIX_LENGTH + 1;
    } else if (name.charAt(last - 1) == '/') {
      last--;
    }
    int slash = name.lastIndexOf('/', last - 1);
    int rest = length - slash - 1;
    return slash > 0 && rest > 0 && rest <= TarHeader.NAME_LENGTH ? slash : -1;
  }

  /** Whether the number can stand in a header field of this length. */
  static boolean fits(long number, int field) {
    return number >= 0 && number < 1L << 3 * (field - 1);
  }

  private static byte flag(EntryType type) {
    return (byte)
        switch (type) {
          case FILE -> '0';
          case HARD_LINK -> '1';
          case SYMLINK -> '2';
          case CHARACTER_DEVICE -> '3';
          case BLOCK_DEVICE -> '4';
          case DIRECTORY -> '5';
          case FIFO -> '6';
        };
  }

  private static void seal(byte[] block, int start) {
    int at = start + TarHeader.MAGIC;
    block[at] = 'u';
    block[at + 1] = 's';
    block[at + 2] = 't';
    block[at + 3] = 'a';
    block[at + 4] = 'r';
    block[start + TarHeader.VERSION] = '0';
    block[start + TarHeader.VERSION + 1] = '0';
    int sum = TarHeader.checksum(block, start);
    octal(block, start + TarHeader.CHECKSUM, TarHeader.CHECKSUM_LENGTH - 1, sum);
    block[start + TarHeader.CHECKSUM + TarHeader.CHECKSUM_LENGTH - 1] = ' ';
  }

  /**
   * The text's ASCII characters, as many as fit; a name cut short must not look like a directory.
   */
  private static void text(byte[] block, int at, int field, String text) {
    int n = 0;
    boolean whole = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (n == field) {
          whole = false;
          break;
        }
        block[at + n++] = (byte) c;
      }
    }
    if (!whole && block[at + n - 1] == '/') {
      while (n > 0 && block[at + n - 1] == '/') {
        block[at + --n] = 0;
      }
    }
  }

  private static void octal(byte[] block, int at, int field, long number) {
    long left = fits(number, field) ? number : 0;
    for (int i = field - 2; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (left & 7));
      left >>= 3;
    }
  }

  private static String ascii(String text) {
    if (fits(text, Integer.MAX_VALUE)) {
      return text;
    }
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x80) {
        ascii.append(text.charAt(i));
      }
    }
    return ascii.toString();
  }
}
