package dev.cooper.disk.fat;

import dev.cooper.image.CooperException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of one directory: the eleven bytes that each entry has, and long names before them. */
final class FatNames {
  private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()-@^_`{}~";
  private static final String FORBIDDEN = "\"*/:<>?\\|";
  private static final int UNITS_PER_ENTRY = 13;
  private static final int LONGEST = 255;
  private static final int LONG_NAME = 0x0f;
  private static final int LAST_PART = 0x40;

  private final Set<String> used = new HashSet<>();

  /**
   * How a name is written.
   *
   * @param alias eleven characters, unique in the directory
   * @param needsLong whether the alias is not the name itself
   */
  record Alias(String name, String alias, boolean needsLong) {
    /** How many entries of 32 bytes the name takes, the one with the alias included. */
    int entries() {
      return 1 + (needsLong ? Math.ceilDiv(name.length(), UNITS_PER_ENTRY) : 0);
    }

    byte[] bytes() {
      return alias.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * The alias of a name.
   *
   * @throws CooperException.InvalidInput when FAT cannot have the name, or has it already in other
   *     letters
   */
  Alias add(String name) {
    check(name);
    int dot = name.lastIndexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : name.substring(dot + 1);
    if (fits(base, 8) && !base.isEmpty() && (dot < 0 || fits(extension, 3))) {
      String alias = pad(base, 8) + pad(extension, 3);
      if (used.add(alias)) {
        return new Alias(name, alias, false);
      }
    }
    String shortBase = reduced(base);
    String shortExtension = pad(reduced(extension), 3);
    for (int number = 1; ; number++) {
      String tail = "~" + number;
      String head = shortBase.substring(0, Math.min(shortBase.length(), 8 - tail.length()));
      String alias = pad(head + tail, 8) + shortExtension;
      if (used.add(alias)) {
        return new Alias(name, alias, true);
      }
    }
  }

  private static void check(String name) {
    boolean bad =
        name.isEmpty() || name.length() > LONGEST || name.endsWith(".") || name.endsWith(" ");
    for (int i = 0; i < name.length(); i++) {
      bad |= name.charAt(i) < ' ' || FORBIDDEN.indexOf(name.charAt(i)) >= 0;
    }
    if (bad) {
      throw new CooperException.InvalidInput("\"" + name + "\" cannot be a name on FAT");
    }
  }

  private static boolean fits(String part, int length) {
    return part.length() <= length && part.chars().allMatch(c -> ALLOWED.indexOf(c) >= 0);
  }

  private static String reduced(String part) {
    StringBuilder out = new StringBuilder();
    for (char letter : part.toUpperCase(Locale.ROOT).toCharArray()) {
      if (letter != '.' && letter != ' ') {
        out.append(ALLOWED.indexOf(letter) >= 0 ? letter : '_');
      }
    }
    return out.isEmpty() ? "_" : out.toString();
  }

  private static String pad(String part, int length) {
    String cut = part.substring(0, Math.min(part.length(), length));
    return cut + " ".repeat(length - cut.length());
  }

  /** Writes the entries of a long name, its last part first. */
  static void putLong(Alias alias, ByteBuffer out) {
    if (!alias.needsLong()) {
      return;
    }
    int checksum = 0;
    for (byte letter : alias.bytes()) {
      checksum = ((checksum & 1) << 7) + (checksum >> 1) + (letter & 0xff) & 0xff;
    }
    int parts = alias.entries() - 1;
    for (int part = parts; part >= 1; part--) {
      ByteBuffer entry = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
      entry.put(0, (byte) (part | (part == parts ? LAST_PART : 0)));
      entry.put(11, (byte) LONG_NAME).put(13, (byte) checksum);
      for (int i = 0; i < UNITS_PER_ENTRY; i++) {
        int place = i < 5 ? 1 + 2 * i : i < 11 ? 14 + 2 * (i - 5) : 28 + 2 * (i - 11);
        entry.putShort(place, unit(alias.name(), (part - 1) * UNITS_PER_ENTRY + i));
      }
      out.put(entry.clear());
    }
  }

  /** A name shorter than its entries ends with one zero and is filled up with ones. */
  private static short unit(String name, int index) {
    if (index < name.length()) {
      return (short) name.charAt(index);
    }
    return (short) (index == name.length() ? 0 : 0xffff);
  }
}
