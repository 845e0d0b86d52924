package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;

/**
 * Paths as strings that lose nothing. Linux paths are bytes, usually UTF-8 but not always. A path's
 * string is its UTF-8 decoding; every byte that is not part of valid UTF-8 becomes the lone low
 * surrogate U+DC00 + byte (U+DC80 to U+DCFF), as Python's {@code surrogateescape} does. Valid UTF-8
 * never holds surrogates, so both directions are exact. The same holds for link targets, user and
 * group names, and the names of extended attributes.
 */
public final class PathBytes {
  private static final int ESCAPE = 0xDC00;

  private PathBytes() {}

  /** The string of these bytes; never fails. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The string of part of these bytes; never fails. */
  public static String decode(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (bytes[i] < 0) {
        return decodeWide(bytes, offset, end);
      }
    }
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * The bytes that decode to this string.
   *
   * @throws CooperException.InvalidInput when it holds a surrogate that is neither half of a pair
   *     nor an escaped byte; no path decodes to that
   */
  public static byte[] encode(String path) {
    int length = path.length();
    for (int i = 0; i < length; i++) {
      if (path.charAt(i) >= 0x80) {
        return encodeWide(path);
      }
    }
    return path.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Compares as the bytes compare, unsigned: the order in which layers are written. */
  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Without surrogates the order of UTF-16 is the order of UTF-8; escapes are raw bytes.
        return Character.isSurrogate(x) || Character.isSurrogate(y) || previousIsHigh(a, i)
            ? compareBytes(a, b)
            : x - y;
      }
    }
    return a.length() - b.length();
  }

  private static boolean previousIsHigh(String text, int i) {
    return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static int compareBytes(String a, String b) {
    return java.util.Arrays.compareUnsigned(encode(a), encode(b));
  }

  private static String decodeWide(byte[] bytes, int offset, int end) {
    StringBuilder text = new StringBuilder(end - offset);
    int i = offset;
    while (i < end) {
      int b = bytes[i] & 0xFF;
      int length = b < 0x80 ? 1 : sequence(bytes, i, end);
      if (length == 0) {
        text.append((char) (ESCAPE + b));
        i++;
        continue;
      }
      int point =
          switch (length) {
            case 1 -> b;
            case 2 -> (b & 0x1F) << 6 | bytes[i + 1] & 0x3F;
            case 3 -> (b & 0x0F) << 12 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F;
            default ->
                (b & 0x07) << 18
                    | (bytes[i + 1] & 0x3F) << 12
                    | (bytes[i + 2] & 0x3F) << 6
                    | bytes[i + 3] & 0x3F;
          };
      text.appendCodePoint(point);
      i += length;
    }
    return text.toString();
  }

  /** The length of the valid multi-byte sequence here, else 0 (Unicode, table 3-7). */
  private static int sequence(byte[] bytes, int i, int end) {
    int b = bytes[i] & 0xFF;
    int length = b < 0xC2 ? 0 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
    if (length == 0 || i + length > end) {
      return 0;
    }
    int second = bytes[i + 1] & 0xFF;
    int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
    int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static byte[] encodeWide(String path) {
    int length = path.length();
    byte[] bytes = new byte[length * 3];
    int n = 0;
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (c < 0x800) {
        bytes[n++] = (byte) (0xC0 | c >> 6);
        bytes[n++] = (byte) (0x80 | c & 0x3F);
      } else if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF) {
        bytes[n++] = (byte) (c - ESCAPE);
      } else if (!Character.isSurrogate(c)) {
        bytes[n++] = (byte) (0xE0 | c >> 12);
        bytes[n++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[n++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(path.charAt(i + 1))) {
        int point = Character.toCodePoint(c, path.charAt(++i));
        bytes[n++] = (byte) (0xF0 | point >> 18);
        bytes[n++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[n++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[n++] = (byte) (0x80 | point & 0x3F);
      } else {
        throw new CooperException.InvalidInput("path with a lone surrogate: it has no bytes");
      }
    }
    return java.util.Arrays.copyOf(bytes, n);
  }
}
