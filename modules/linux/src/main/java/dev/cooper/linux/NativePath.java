package dev.cooper.linux;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes by which the kernel knows a {@link Path}, whatever its names' encoding. */
final class NativePath {
  private static final boolean UTF_8 =
      StandardCharsets.UTF_8.equals(
          Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));

  private NativePath() {}

  static byte[] bytes(Path path) {
    String text = path.toString();
    if (isFaithful(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    // The text has lost bytes that are not characters; the URI escapes every one of them.
    String escaped = path.toUri().getRawPath();
    byte[] bytes = new byte[escaped.length()];
    int length = 0;
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) Integer.parseInt(escaped, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    // A URI of a directory ends in a slash, which would follow a link that replaced it.
    if (length > 1 && bytes[length - 1] == '/') {
      length--;
    }
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static boolean isFaithful(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && (!UTF_8 || c == '\uFFFD')) {
        return false;
      }
    }
    return true;
  }
}
