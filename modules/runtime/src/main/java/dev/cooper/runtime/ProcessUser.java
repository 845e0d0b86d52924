package dev.cooper.runtime;

import java.util.List;

/**
 * Who a process is, as numbers.
 *
 * @param uid 0 to 2^31-1
 * @param gid 0 to 2^31-1
 * @param additionalGroups the supplementary groups
 */
public record ProcessUser(int uid, int gid, List<Integer> additionalGroups) {
  /** User 0, group 0, no further groups. */
  public static final ProcessUser ROOT = new ProcessUser(0, 0, List.of());

  public ProcessUser {
    additionalGroups = List.copyOf(additionalGroups);
    if (uid < 0 || gid < 0) {
      throw new IllegalArgumentException("user " + uid + ":" + gid);
    }
  }
}
