package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.image.tree.FileNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who the processes of an image's containers are, by USER and the image's own {@code /etc/passwd}
 * and {@code /etc/group}.
 *
 * @param user the user as USER names it; empty is root
 * @param group the group as USER names it; empty when it names none
 * @param uid the user's number; null when it cannot be told
 * @param groups the numbers of the user's groups, the supplementary ones too; null when they cannot
 *     be told
 * @param userMissing whether USER names a user that the image surely does not know
 * @param groupMissing whether USER names a group that the image surely does not know
 */
record ImageUser(
    String user,
    String group,
    @Nullable Long uid,
    @Nullable Set<Long> groups,
    boolean userMissing,
    boolean groupMissing) {
  private static final int LIMIT = 4 << 20;

  /** Of smaller files nothing is kept, and no account fits into one. */
  private static final int LEAST = 4;

  /** Reads USER, such as {@code app}, {@code 7:staff} or nothing. */
  static ImageUser of(String text, ImageFiles files) {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    String group = colon < 0 ? "" : text.substring(colon + 1);
    String wanted = user.isEmpty() ? "0" : user;
    Optional<List<String>> accounts = lines(files, "etc/passwd");
    Optional<List<String>> named = lines(files, "etc/group");
    List<String> account = line(accounts.orElse(List.of()), wanted, 4);
    Long uid = account.isEmpty() ? number(wanted) : number(account.get(2));
    boolean userMissing = uid == null && accounts.isPresent();
    if (!group.isEmpty()) {
      // A group that is named is the only one.
      List<String> entry = line(named.orElse(List.of()), group, 3);
      Long gid = entry.isEmpty() ? number(group) : number(entry.get(2));
      return new ImageUser(
          user,
          group,
          uid,
          gid == null ? null : Set.of(gid),
          userMissing,
          gid == null && named.isPresent());
    }
    Set<Long> groups =
        accounts.isEmpty() || named.isEmpty() && !account.isEmpty()
            ? null
            : groups(account, named.orElse(List.of()));
    return new ImageUser(user, group, uid, groups, userMissing, false);
  }

  /** The primary group of an account, and those that list its name; 0 without an account. */
  private static @Nullable Set<Long> groups(List<String> account, List<String> lines) {
    if (account.isEmpty()) {
      return Set.of(0L);
    }
    Set<Long> groups = new HashSet<>();
    Long primary = number(account.get(3));
    if (primary == null) {
      return null;
    }
    groups.add(primary);
    for (String line : lines) {
      List<String> parts = fields(line);
      if (parts.size() >= 4 && Arrays.asList(parts.get(3).split(",")).contains(account.get(0))) {
        Long gid = number(parts.get(2));
        if (gid != null) {
          groups.add(gid);
        }
      }
    }
    return groups;
  }

  /** The fields of the first line that has a name or number; empty when none has. */
  private static List<String> line(List<String> lines, String wanted, int fields) {
    Long number = number(wanted);
    for (String line : lines) {
      List<String> parts = fields(line);
      if (parts.size() >= fields
          && (parts.get(0).equals(wanted)
              || number != null && number.equals(number(parts.get(2))))) {
        return parts;
      }
    }
    return List.of();
  }

  private static List<String> fields(String line) {
    return Arrays.asList(line.strip().split(":", -1));
  }

  /**
   * None of a file that is not there; empty when it is but its content was not kept, as that of one
   * which is a link to elsewhere.
   */
  private static Optional<List<String>> lines(ImageFiles files, String file) {
    FileNode found = files.tree().resolve(file);
    if (found == null || !found.isFile() || found.size() < LEAST) {
      return Optional.of(List.of());
    }
    return files
        .bytes(found.path(), LIMIT)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList());
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
    return uid != null && uid == 0
        ? node.isDirectory() || (node.entry().mode() & 0111) != 0
        : may(node, 0001);
  }

  /** Whether it lets this user read it, likewise; root reads everything. */
  boolean mayRead(FileNode node) {
    return uid != null && uid == 0 || may(node, 0004);
  }

  /**
   * @param bit what is wanted, as the bit that others have for it
   */
  private boolean may(FileNode node, int bit) {
    int allowed;
    if (uid == null) {
      allowed = bit << 6 | bit << 3 | bit;
    } else if (uid == node.entry().uid()) {
      allowed = bit << 6;
    } else if (groups == null) {
      allowed = bit << 3 | bit;
    } else {
      allowed = groups.contains(node.entry().gid()) ? bit << 3 : bit;
    }
    return (node.entry().mode() & allowed) != 0;
  }
}
