package dev.cooper.store;

import dev.cooper.image.layer.PathBytes;
import java.net.URI;
import java.nio.file.Path;

/**
 * Paths of a layer as paths of this machine, byte for byte, in whatever locale Java was started.
 */
final class NativeNames {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private NativeNames() {}

  /**
   * The path {@code relative} below {@code directory}.
   *
   * @param relative clean, as a {@link dev.cooper.image.layer.TarEntry} has it
   */
  static Path resolve(Path directory, String relative) {
    for (int i = 0; i < relative.length(); i++) {
      if (relative.charAt(i) >= 0x80) {
        return resolveBytes(directory, PathBytes.encode(relative));
      }
    }
    return directory.resolve(relative);
  }

  /** A relative or absolute text as a path, for a symbolic link. */
  static Path text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        Path root = Path.of("/");
        Path absolute = resolveBytes(root, PathBytes.encode(text));
        return text.startsWith("/") ? absolute : root.relativize(absolute);
      }
    }
    return Path.of(text);
  }

  /** Only a URI makes a path of bytes that are no text in the locale. */
  private static Path resolveBytes(Path directory, byte[] relative) {
    StringBuilder uri = new StringBuilder("file://");
    String base = directory.toUri().getRawPath();
    uri.append(base);
    if (!base.endsWith("/")) {
      uri.append('/');
    }
    boolean first = true;
    for (byte b : relative) {
      int value = b & 0xff;
      if (value == '/' && first) {
        continue;
      }
      first = false;
      if (value == '/' || value >= 'a' && value <= 'z' || value >= '0' && value <= '9') {
        uri.append((char) value);
      } else {
        uri.append('%').append(HEX[value >> 4]).append(HEX[value & 15]);
      }
    }
    return Path.of(URI.create(uri.toString()));
  }
}
