package dev.cooper.builder;

import dev.cooper.image.CooperException;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Numbers for the users and groups of {@code --chown}, by the image's own files. */
final class Owners {
  private static final int LIMIT = 4 << 20;

  private Owners() {}

  /** A user's and a group's number. */
  record Owner(long uid, long gid) {
    static final Owner ROOT = new Owner(0, 0);
  }

  /**
   * The owner that a {@code --chown} means.
   *
   * @param text {@code user[:group]}, names or numbers. Without a group, a number is the group's as
   *     well, and a name means the user's own group
   * @throws CooperException.InvalidInput if the image does not know a name
   */
  static Owner find(ImageTree image, String text) throws IOException {
    String[] parts = text.split(":", 2);
    if (parts[0].isEmpty() && (parts.length == 1 || parts[1].isEmpty())) {
      return Owner.ROOT;
    }
    long uid;
    long gid;
    if (isNumber(parts[0])) {
      uid = number(parts[0], text);
      gid = uid;
    } else {
      String[] user = entry(image, "etc/passwd", parts[0], 4);
      if (user == null) {
        throw unknown("user", parts[0], "/etc/passwd");
      }
      uid = number(user[2], text);
      gid = number(user[3], text);
    }
    if (parts.length == 2) {
      if (isNumber(parts[1])) {
        gid = number(parts[1], text);
      } else {
        String[] group = entry(image, "etc/group", parts[1], 3);
        if (group == null) {
          throw unknown("group", parts[1], "/etc/group");
        }
        gid = number(group[2], text);
      }
    }
    return new Owner(uid, gid);
  }

  private static CooperException unknown(String kind, String name, String file) {
    return new CooperException.InvalidInput(
        "unable to convert uid/gid chown string to host mapping: can't find "
            + (kind.equals("user") ? "uid" : "gid")
            + " for "
            + kind
            + " "
            + name
            + ": no such "
            + kind
            + ": "
            + name,
        "create it in the image first, or give its number: the image's "
            + file
            + " has no "
            + name);
  }

  private static String @org.jspecify.annotations.Nullable [] entry(
      ImageTree image, String file, String name, int fields) throws IOException {
    for (String line : lines(image, file)) {
      String[] entry = line.split(":", -1);
      if (entry.length >= fields && entry[0].equals(name)) {
        return entry;
      }
    }
    return null;
  }

  private static List<String> lines(ImageTree image, String path) throws IOException {
    FileNode node = image.tree().resolve(path);
    if (node == null || !node.entry().isFile()) {
      return List.of();
    }
    try (InputStream in = image.content().open(node)) {
      String text = new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
      return new ArrayList<>(text.lines().toList());
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String text, String whole) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number < 1L << 32) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same complaint.
    }
    throw new CooperException.InvalidInput("invalid user or group number in --chown: " + whole);
  }
}
