package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** The shortest way to write a slash-separated path. */
final class CleanPath {
  private CleanPath() {}

  /**
   * Without empty and {@code .} components, {@code ..} taken with what stands before it; {@code .}
   * if nothing is left.
   */
  static String of(String path) {
    if (isClean(path)) {
      return path;
    }
    boolean rooted = path.startsWith("/");
    List<String> kept = new ArrayList<>();
    int start = 0;
    for (int index = 0; index <= path.length(); index++) {
      if (index < path.length() && path.charAt(index) != '/') {
        continue;
      }
      String part = path.substring(start, index);
      start = index + 1;
      if (part.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (part.equals("..") ? !rooted : !part.isEmpty() && !part.equals(".")) {
        kept.add(part);
      }
    }
    String joined = String.join("/", kept);
    if (rooted) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  private static boolean isClean(String path) {
    if (path.isEmpty()) {
      return false;
    }
    char before = '/';
    for (int index = 0; index < path.length(); index++) {
      char character = path.charAt(index);
      if (before == '/' && (character == '/' || character == '.')) {
        return false;
      }
      before = character;
    }
    return before != '/';
  }
}
