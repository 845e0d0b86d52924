package dev.cooper.base;

import dev.cooper.image.CooperException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What may be chosen of a busybox root file system.
 *
 * @param applets the commands that get a link; empty for all that the binary has
 * @param users ordinary users besides root, each with a group and a home directory of its own
 * @param modified when all files say they were last changed
 */
@RecordBuilder
public record BusyboxOptions(Optional<List<String>> applets, List<User> users, Instant modified)
    implements BusyboxOptionsBuilder.With {
  /** All commands, no users, and the same bytes today and tomorrow: dated 1970. */
  public static final BusyboxOptions DEFAULT =
      new BusyboxOptions(Optional.empty(), List.of(), Instant.EPOCH);

  /** What a shell script of a few lines needs. */
  public static final List<String> MINIMAL =
      List.of(
          "cat",
          "chmod",
          "cp",
          "echo",
          "env",
          "grep",
          "id",
          "init",
          "ls",
          "mkdir",
          "mount",
          "mv",
          "ping",
          "poweroff",
          "ps",
          "pwd",
          "rm",
          "sed",
          "sh",
          "sleep",
          "test",
          "umount");

  /**
   * An ordinary user.
   *
   * @param name of lower-case letters, digits, {@code _} and {@code -}, beginning with a letter
   * @param id of the user and its group, 1 to 65533
   */
  public record User(String name, int id) {
    /**
     * @throws CooperException.InvalidInput when name or id are out of range
     */
    public User {
      if (!name.matches("[a-z_][a-z0-9_-]{0,31}")) {
        throw new CooperException.InvalidInput("not a user name: \"" + name + "\"");
      }
      if (id < 1 || id > 65533) {
        throw new CooperException.InvalidInput(
            "user " + name + ": id " + id + " is not from 1 to 65533");
      }
    }
  }

  public BusyboxOptions {
    applets = applets.map(List::copyOf);
    users = List.copyOf(users);
  }

  public BusyboxOptions withApplets(List<String> changed) {
    return new BusyboxOptions(Optional.of(changed), users, modified);
  }

  /** The links to make, of those that the binary has. */
  List<String> choose(Path binary, List<String> found) {
    TreeSet<String> chosen = new TreeSet<>(applets.orElse(found));
    List<String> missing = new ArrayList<>(chosen);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new CooperException.InvalidInput(
          binary + " does not have the command " + String.join(", ", missing),
          binary + " --list shows what it has");
    }
    chosen.remove("busybox");
    return List.copyOf(chosen);
  }
}
