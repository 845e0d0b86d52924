package dev.cooper.dockerfile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parser directives at the top of a file.
 *
 * @param syntax the named frontend, which is accepted and not used; null if none
 * @param escape a backslash or a backtick
 * @param check what {@code check=} says
 */
public record Directives(@Nullable String syntax, char escape, CheckOptions check) {
  /** What holds without directives. */
  public static final Directives NONE = new Directives(null, '\\', CheckOptions.NONE);

  /**
   * The check directive.
   *
   * @param skipAll whether no check is made
   * @param skip names of checks that are not made
   * @param experimental names of experimental checks that are made
   * @param error whether a warning fails the build
   */
  public record CheckOptions(
      boolean skipAll,
      Set<String> skip,
      boolean experimentalAll,
      Set<String> experimental,
      boolean error) {
    /** Every check is made, none fails the build. */
    public static final CheckOptions NONE =
        new CheckOptions(false, Set.of(), false, Set.of(), false);
  }
}
