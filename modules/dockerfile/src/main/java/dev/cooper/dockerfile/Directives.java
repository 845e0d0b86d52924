package dev.cooper.dockerfile;

import java.util.HashSet;
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
   * @param experimentalAll whether all experimental checks are made
   * @param experimental names of experimental checks that are made
   * @param error whether a warning fails the build
   */
  public record CheckOptions(
      boolean skipAll,
      Set<String> skip,
      boolean experimentalAll,
      Set<String> experimental,
      boolean error) {
    public CheckOptions {
      skip = Set.copyOf(skip);
      experimental = Set.copyOf(experimental);
    }

    /** Every check is made, none fails the build. */
    public static final CheckOptions NONE =
        new CheckOptions(false, Set.of(), false, Set.of(), false);

    /** These options with what others skip or add; whether warnings are errors stays. */
    CheckOptions and(CheckOptions other) {
      Set<String> allSkipped = new HashSet<>(skip);
      allSkipped.addAll(other.skip);
      Set<String> allExperimental = new HashSet<>(experimental);
      allExperimental.addAll(other.experimental);
      return new CheckOptions(
          skipAll || other.skipAll,
          allSkipped,
          experimentalAll || other.experimentalAll,
          allExperimental,
          error);
    }

    /**
     * Reads the text of a check directive: {@code skip=StageNameCasing,FromAsCasing;error=true}.
     *
     * @throws DockerfileException if there is an option that is none
     */
    public static CheckOptions parse(String text) {
      try {
        return CheckDirective.parse(text);
      } catch (Malformed e) {
        throw new DockerfileException(e.at(SourceRange.line(1)));
      }
    }
  }
}
