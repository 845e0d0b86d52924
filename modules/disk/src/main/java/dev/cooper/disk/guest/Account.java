package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.image.CooperException;
import java.io.IOException;

/**
 * A user and a group by their numbers.
 *
 * @param home the user's folder; "/" when the image does not say
 */
record Account(long uid, long gid, String home) {

  /**
   * What {@code user[:group]} means in an image, each a name or a number.
   *
   * @throws CooperException.InvalidInput when the image does not have the name
   */
  static Account of(String text, DiskTree tree) throws IOException {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    String group = colon < 0 ? "" : text.substring(colon + 1);
    long uid = 0;
    long gid = 0;
    String home = user.isEmpty() || user.equals("0") || user.equals("root") ? "/root" : "/";
    if (!user.isEmpty()) {
      String[] line = line(tree.text("etc/passwd"), user, 2);
      if (line.length > 3 && isNumber(line[2]) && isNumber(line[3])) {
        uid = Long.parseLong(line[2]);
        gid = Long.parseLong(line[3]);
        home = line.length > 5 && !line[5].isEmpty() ? line[5] : home;
      } else if (isNumber(user)) {
        uid = Long.parseLong(user);
      } else {
        throw new CooperException.InvalidInput("the image has no user \"" + user + "\"");
      }
    }
    if (!group.isEmpty()) {
      String[] line = line(tree.text("etc/group"), group, 2);
      if (line.length > 2 && isNumber(line[2])) {
        gid = Long.parseLong(line[2]);
      } else if (isNumber(group)) {
        gid = Long.parseLong(group);
      } else {
        throw new CooperException.InvalidInput("the image has no group \"" + group + "\"");
      }
    }
    return new Account(uid, gid, home);
  }

  /** Makes sure that the image knows the user by a name, which some programs insist on. */
  static void name(long uid, long gid, DiskTree tree) throws IOException {
    String users = tree.text("etc/passwd");
    if (line(users, String.valueOf(uid), 2).length == 0) {
      String separator = users.isEmpty() || users.endsWith("\n") ? "" : "\n";
      String line = "user%d:x:%d:%d::/:/sbin/nologin\n".formatted(uid, uid, gid);
      tree.putText("etc/passwd", 0644, users + separator + line);
    }
  }

  private static String[] line(String file, String key, int numberField) {
    String[] found = {};
    for (String line : file.lines().toList()) {
      String[] fields = line.split(":", -1);
      boolean byName = fields[0].equals(key);
      boolean byNumber = fields.length > numberField && fields[numberField].equals(key);
      if (byName || (byNumber && found.length == 0)) {
        found = fields;
        if (byName) {
          break;
        }
      }
    }
    return found;
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,10}");
  }
}
