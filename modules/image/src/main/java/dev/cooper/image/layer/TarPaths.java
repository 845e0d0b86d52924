package dev.cooper.image.layer;

import dev.cooper.image.CooperException;

/** The paths of tar entries made clean and safe. */
public final class TarPaths {
  private TarPaths() {}

  /**
   * Whether the path is relative, without empty, {@code .} or {@code ..} parts, and without NUL;
   * the empty path, the root, is clean.
   */
  public static boolean isClean(String path) {
    int length = path.length();
    if (length == 0) {
      return true;
    }
    return path.charAt(0) != '/'
        && path.charAt(length - 1) != '/'
        && path.indexOf(0) < 0
        && path.indexOf("//") < 0
        && !isDots(path, 0)
        && !holdsDots(path);
  }

  /** Whether a part after the first is {@code .} or {@code ..}. */
  private static boolean holdsDots(String path) {
    for (int at = path.indexOf("/."); at >= 0; at = path.indexOf("/.", at + 1)) {
      if (isDots(path, at + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the part that begins here is {@code .} or {@code ..}. */
  private static boolean isDots(String path, int start) {
    int end = start;
    while (end < path.length() && end - start < 3 && path.charAt(end) == '.') {
      end++;
    }
    return end > start && end - start < 3 && (end == path.length() || path.charAt(end) == '/');
  }

  /**
   * The clean form of a path as archives write it: leading {@code /} and {@code ./}, doubled and
   * trailing slashes and {@code .} parts go.
   *
   * @throws CooperException.Corrupt when a part is {@code ..} or holds NUL: nothing honest needs
   *     them, and a reader that resolves them could be led out of its root
   */
  public static String clean(String path) {
    int end = path.length();
    if (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String trimmed = end == path.length() ? path : path.substring(0, end);
    if (trimmed.startsWith("./")) {
      trimmed = trimmed.substring(2);
    }
    return isClean(trimmed) ? trimmed : cleanParts(path);
  }

  private static String cleanParts(String path) {
    StringBuilder clean = new StringBuilder(path.length());
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String part = path.substring(start, end);
      if (part.equals("..") || part.indexOf(0) >= 0) {
        throw new CooperException.Corrupt("unsafe path in archive: \"" + path + "\"");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        if (!clean.isEmpty()) {
          clean.append('/');
        }
        clean.append(part);
      }
      start = end + 1;
    }
    return clean.toString();
  }
}
