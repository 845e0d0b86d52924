package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What RPM's database keeps of a package (RPM's "Package format", "Header format"): an index of
 * tags, and a store that holds their values. All numbers are big-endian.
 */
final class RpmHeader {
  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int EPOCH = 1003;
  private static final int LICENSE = 1014;
  private static final int ARCHITECTURE = 1022;
  private static final int SOURCE = 1044;
  private static final int TYPE_INT32 = 4;
  private static final int TYPE_STRING = 6;
  private static final int TYPE_TRANSLATED = 9;
  private static final int ENTRY = 16;
  private static final int MOST_ENTRIES = 65536;

  /** No name, version or architecture is as long. */
  private static final int LONGEST_NAME = 4 << 10;

  private static final int LONGEST_LICENSE = 64 << 10;

  private final Map<Integer, String> values;

  private RpmHeader(Map<Integer, String> values) {
    this.values = values;
  }

  /**
   * Reads a header's tags of interest.
   *
   * @throws IllegalArgumentException when it is damaged, or has no name
   */
  static RpmHeader of(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int entries = bytes.length < 8 ? -1 : header.getInt(0);
    long store = 8 + (long) entries * ENTRY;
    if (entries < 0 || entries > MOST_ENTRIES || store > bytes.length) {
      throw new IllegalArgumentException("a damaged header of a package");
    }
    Map<Integer, String> values = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      int at = 8 + i * ENTRY;
      int tag = header.getInt(at);
      // Of a tag that is there twice the first; the others cost nothing, however many they are.
      if (!isKnown(tag) || values.containsKey(tag)) {
        continue;
      }
      int type = header.getInt(at + 4);
      long value = store + header.getInt(at + 8);
      if (value < store || value >= bytes.length) {
        throw new IllegalArgumentException("a damaged header of a package");
      }
      if (type == TYPE_STRING || type == TYPE_TRANSLATED) {
        int longest = tag == LICENSE ? LONGEST_LICENSE : LONGEST_NAME;
        values.put(tag, string(bytes, (int) value, longest));
      } else if (type == TYPE_INT32 && value + 4 <= bytes.length) {
        values.put(tag, Integer.toUnsignedString(header.getInt((int) value)));
      }
    }
    if (values.getOrDefault(NAME, "").isEmpty()) {
      throw new IllegalArgumentException("a package without a name");
    }
    return new RpmHeader(values);
  }

  private static boolean isKnown(int tag) {
    return switch (tag) {
      case NAME, VERSION, RELEASE, EPOCH, LICENSE, ARCHITECTURE, SOURCE -> true;
      default -> false;
    };
  }

  /** Whether it is a key to check packages with, which is kept like a package but is none. */
  boolean isKey() {
    return text(NAME).equals("gpg-pubkey");
  }

  Fact.Software software() {
    String epoch = text(EPOCH);
    return new Fact.Software(
        "rpm",
        "",
        text(NAME),
        (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
            + text(VERSION)
            + "-"
            + text(RELEASE),
        text(ARCHITECTURE),
        text(LICENSE),
        text(SOURCE));
  }

  private String text(int tag) {
    return values.getOrDefault(tag, "");
  }

  private static String string(byte[] bytes, int start, int longest) {
    int end = start;
    while (end < bytes.length && bytes[end] != 0) {
      if (++end - start > longest) {
        throw new IllegalArgumentException("a text of more than " + longest + " bytes in a header");
      }
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
