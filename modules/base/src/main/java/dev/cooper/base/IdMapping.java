package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom files belong to in an image, by whom they belong to on this machine. */
public final class IdMapping {
  /** All ids as they are. */
  public static final IdMapping KEPT = new IdMapping(List.of(), -1, -1);

  private static final long LARGEST = 0xffff_fffeL;

  private final List<Range> ranges;
  private final long fixedUser;
  private final long fixedGroup;

  private record Range(long from, long to, long count) {}

  private IdMapping(List<Range> ranges, long fixedUser, long fixedGroup) {
    this.ranges = List.copyOf(ranges);
    this.fixedUser = fixedUser;
    this.fixedGroup = fixedGroup;
  }

  /**
   * Everything belongs to one user.
   *
   * @param owner {@code UID} or {@code UID:GID}; without a group it is the user's number
   * @throws CooperException.InvalidInput when it is not of that form
   */
  public static IdMapping owner(String owner) {
    String[] parts = owner.split(":", -1);
    if (parts.length > 2) {
      throw malformed("an owner", owner, "UID:GID, such as 0:0");
    }
    long user = number(parts[0], "an owner", owner, "UID:GID, such as 0:0");
    return new IdMapping(
        List.of(),
        user,
        parts.length == 1 ? user : number(parts[1], "an owner", owner, "UID:GID, such as 0:0"));
  }

  /**
   * Ranges of ids, of users and groups alike, become others; the first range that holds an id
   * counts.
   *
   * @param ranges each {@code FROM:TO:COUNT}: {@code 100000:0:65536} undoes a user namespace
   * @throws CooperException.InvalidInput when one is not of that form
   */
  public static IdMapping ranges(List<String> ranges) {
    List<Range> read = new ArrayList<>();
    for (String range : ranges) {
      String[] parts = range.split(":", -1);
      if (parts.length != 3) {
        throw malformed("a range of ids", range, "FROM:TO:COUNT, such as 100000:0:65536");
      }
      long[] numbers = new long[3];
      for (int i = 0; i < 3; i++) {
        numbers[i] =
            number(parts[i], "a range of ids", range, "FROM:TO:COUNT, such as 100000:0:65536");
      }
      if (numbers[2] == 0 || numbers[1] + numbers[2] - 1 > LARGEST) {
        throw malformed("a range of ids", range, "COUNT from 1, and no id over 4294967294");
      }
      read.add(new Range(numbers[0], numbers[1], numbers[2]));
    }
    return new IdMapping(read, -1, -1);
  }

  /** Whom everything belongs to, as {@code UID:GID}; empty when it depends on the file. */
  Optional<String> owner() {
    return fixedUser < 0 ? Optional.empty() : Optional.of(fixedUser + ":" + fixedGroup);
  }

  private static long number(String text, String what, String whole, String form) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= LARGEST && !text.startsWith("+")) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw malformed(what, whole, form);
  }

  private static CooperException malformed(String what, String text, String form) {
    return new CooperException.InvalidInput("not " + what + ": \"" + text + "\"", form);
  }

  long user(long id, String path) {
    return fixedUser >= 0 ? fixedUser : mapped(id, "user", path);
  }

  long group(long id, String path) {
    return fixedGroup >= 0 ? fixedGroup : mapped(id, "group", path);
  }

  private long mapped(long id, String what, String path) {
    for (Range range : ranges) {
      if (id >= range.from() && id < range.from() + range.count()) {
        return range.to() + id - range.from();
      }
    }
    if (ranges.isEmpty()) {
      return id;
    }
    throw new CooperException.InvalidInput(
        "/" + path + " belongs to " + what + " " + id + ", which no range maps",
        "add a range, such as " + id + ":" + id + ":1");
  }
}
