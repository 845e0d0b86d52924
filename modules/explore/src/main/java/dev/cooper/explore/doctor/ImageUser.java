package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.image.tree.FileNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the processes of an image's containers are, by USER and the image's own {@code /etc/passwd}
 * and {@code /etc/group}.
 *
 * @param user the user as USER names it; empty is root
 * @param group the group as USER names it; empty when it names none
 * @param uid the user's number; null when it has a name that the image does not know
 * @param gid the group's number; null likewise
 */
record ImageUser(String user, String group, @Nullable Long uid, @Nullable Long gid) {
  private static final int LIMIT = 4 << 20;

  /** Reads USER, such as {@code app}, {@code 7:staff} or nothing. */
  static ImageUser of(String text, ImageFiles files) {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    String group = colon < 0 ? "" : text.substring(colon + 1);
    String wanted = user.isEmpty() ? "0" : user;
    List<String> account = line(files, "etc/passwd", wanted, 4);
    Long uid = account.isEmpty() ? number(wanted) : number(account.get(2));
    Long gid;
    if (group.isEmpty()) {
      gid = account.isEmpty() ? Long.valueOf(0) : number(account.get(3));
    } else {
      List<String> named = line(files, "etc/group", group, 3);
      gid = named.isEmpty() ? number(group) : number(named.get(2));
    }
    return new ImageUser(user, group, uid, gid);
  }

  /** The fields of the first line that has a name or number; empty when none has. */
  private static List<String> line(ImageFiles files, String file, String wanted, int fields) {
    Long number = number(wanted);
    for (String line : lines(files, file)) {
      List<String> parts = Arrays.asList(line.strip().split(":", -1));
      if (parts.size() >= fields
          && (parts.get(0).equals(wanted)
              || number != null && number.equals(number(parts.get(2))))) {
        return parts;
      }
    }
    return List.of();
  }

  private static List<String> lines(ImageFiles files, String file) {
    List<String> lines = new ArrayList<>();
    files
        .resolve(file)
        .flatMap(found -> files.bytes(found, LIMIT))
        .ifPresent(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().forEach(lines::add));
    return lines;
  }

  private static @Nullable Long number(String text) {
    try {
      return text.isEmpty() || text.charAt(0) == '+' || text.charAt(0) == '-'
          ? null
          : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Whether the file's own mode lets this user execute it, as far as that can be told: root may
   * what anybody may, and somebody unknown is given the benefit of the doubt.
   */
  boolean mayExecute(FileNode node) {
    int mode = node.entry().mode();
    if (uid == null || gid == null) {
      return (mode & 0111) != 0;
    }
    if (uid == 0) {
      return node.isDirectory() || (mode & 0111) != 0;
    }
    int bit = uid == node.entry().uid() ? 0100 : gid == node.entry().gid() ? 0010 : 0001;
    return (mode & bit) != 0;
  }
}
