package dev.cooper.builder;

import java.util.ArrayList;
import java.util.List;

/** Paths inside an image. */
final class Paths {
  private Paths() {}

  /** An absolute, clean path; a relative one starts at {@code directory}. */
  static String absolute(String directory, String path) {
    String whole = path.startsWith("/") ? path : directory + "/" + path;
    List<String> parts = new ArrayList<>();
    for (String part : whole.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** As {@link #absolute}, with a slash at the end if the path says that it is a directory. */
  static String destination(String directory, String path) {
    String absolute = absolute(directory, path);
    boolean isDirectory =
        path.endsWith("/") || path.equals(".") || path.endsWith("/.") || path.endsWith("..");
    return isDirectory && !absolute.equals("/") ? absolute + "/" : absolute;
  }
}
