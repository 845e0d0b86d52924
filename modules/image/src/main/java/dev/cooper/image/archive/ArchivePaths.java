package dev.cooper.image.archive;

import dev.cooper.image.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What paths in an archive mean. */
final class ArchivePaths {
  private ArchivePaths() {}

  /** The digest that a blob's path in a layout claims; null for any other path. */
  static @Nullable Digest digest(String path) {
    String[] names = path.split("/", -1);
    if (names.length != 3 || !names[0].equals("blobs")) {
      return null;
    }
    String text = names[1] + ":" + names[2];
    return Digest.isDigest(text) ? Digest.parse(text) : null;
  }

  /** Whether it is what Docker writes for readers older than version 1.10. */
  static boolean isUnused(String path) {
    return path.equals("repositories") || path.endsWith("/VERSION") || path.endsWith("/json");
  }

  /** Where a link leads, by names alone, and never above the archive's root. */
  static String resolve(String directory, String target) {
    Deque<String> names = new ArrayDeque<>();
    String whole = target.startsWith("/") ? target : directory + "/" + target;
    for (String name : whole.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }
}
