package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.SafePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Users and groups by the container's own /etc/passwd and /etc/group, in Docker's manner. */
public final class UserLookup {
  private static final int LIMIT = 4 << 20;

  private UserLookup() {}

  /**
   * Who {@code user} is in the file system at {@code root}.
   *
   * @param user {@code name}, {@code uid}, {@code name:group}, {@code uid:gid} and mixtures; empty
   *     is root. Numbers need no entry. A user without a group is in those that the files say
   * @throws CooperException.InvalidInput in Docker's words, if a name has no entry
   */
  public static ContainerUser find(Path root, String user) throws IOException {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String group = colon < 0 ? "" : user.substring(colon + 1);
    Account account = account(read(root, "/etc/passwd"), name);
    List<String[]> groups = read(root, "/etc/group");
    if (group.isEmpty()) {
      List<Integer> additional = new ArrayList<>();
      for (String[] entry : groups) {
        OptionalInt gid = entry.length < 3 ? OptionalInt.empty() : number(entry[2]);
        if (entry.length > 3
            && gid.isPresent()
            && !account.name.isEmpty()
            && List.of(entry[3].split(",")).contains(account.name)) {
          additional.add(gid.getAsInt());
        }
      }
      return account.with(account.gid, additional);
    }
    return account.with(
        group(groups, group)
            .orElseThrow(
                () ->
                    new CooperException.InvalidInput(
                        "unable to find group " + group + ": no matching entries in group file")),
        List.of());
  }

  /**
   * The numbers of further groups, as {@code --group-add} names them.
   *
   * @throws CooperException.InvalidInput if a name has no entry
   */
  public static List<Integer> groups(Path root, List<String> names) throws IOException {
    List<String[]> groups = read(root, "/etc/group");
    List<Integer> numbers = new ArrayList<>();
    for (String name : names) {
      numbers.add(
          group(groups, name)
              .orElseThrow(() -> new CooperException.InvalidInput("Unable to find group " + name)));
    }
    return numbers;
  }

  private static Account account(List<String[]> entries, String given) {
    String wanted = given.isEmpty() ? "0" : given;
    OptionalInt number = number(wanted);
    for (String[] entry : entries) {
      if (entry.length < 4) {
        continue;
      }
      OptionalInt uid = number(entry[2]);
      OptionalInt gid = number(entry[3]);
      boolean matches = entry[0].equals(wanted) || (number.isPresent() && number.equals(uid));
      if (matches && uid.isPresent() && gid.isPresent()) {
        String home = entry.length > 5 && !entry[5].isEmpty() ? entry[5] : "/";
        return new Account(entry[0], uid.getAsInt(), gid.getAsInt(), home);
      }
    }
    if (number.isEmpty()) {
      throw new CooperException.InvalidInput(
          "unable to find user " + given + ": no matching entries in passwd file");
    }
    return new Account("", number.getAsInt(), 0, "/");
  }

  private static Optional<Integer> group(List<String[]> entries, String wanted) {
    OptionalInt number = number(wanted);
    for (String[] entry : entries) {
      if (entry.length > 2 && entry[0].equals(wanted) && number(entry[2]).isPresent()) {
        return Optional.of(number(entry[2]).getAsInt());
      }
    }
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  /** The colon-separated lines of a file; none if there is no such file. */
  private static List<String[]> read(Path root, String file) throws IOException {
    byte[] bytes;
    try {
      bytes = SafePath.read(root, file, LIMIT);
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.EISDIR) || e.is(Errno.ELOOP)) {
        return List.of();
      }
      throw e;
    }
    List<String[]> lines = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      String stripped = line.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        lines.add(stripped.split(":", -1));
      }
    }
    return lines;
  }

  private static OptionalInt number(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 || text.startsWith("+") ? OptionalInt.empty() : OptionalInt.of(number);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private record Account(String name, int uid, int gid, String home) {
    ContainerUser with(int group, List<Integer> additional) {
      return new ContainerUser(new ProcessUser(uid, group, additional), name, home);
    }
  }
}
