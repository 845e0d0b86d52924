package dev.cooper.dockerfile;

import java.util.LinkedHashSet;
import java.util.Set;

/** The value of a check directive: {@code skip=StageNameCasing,FromAsCasing;error=true}. */
final class CheckDirective {
  private CheckDirective() {}

  /**
   * @throws Malformed if there is an option that is none
   */
  static Directives.CheckOptions parse(String value) {
    // Only the text before a space counts.
    int space = value.indexOf(' ');
    String options = space < 0 ? value : value.substring(0, space);
    boolean skipAll = false;
    boolean experimentalAll = false;
    boolean error = false;
    Set<String> skip = Set.of();
    Set<String> experimental = Set.of();
    for (String option : options.split(";", 3)) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new Malformed("invalid check option " + Quoted.of(option), option);
      }
      String name = Blanks.trim(option.substring(0, equals));
      String text = Blanks.trim(option.substring(equals + 1));
      switch (name) {
        case "skip" -> {
          skipAll = text.equals("all");
          skip = skipAll ? Set.of() : names(text);
        }
        case "experimental" -> {
          experimentalAll = text.equals("all");
          experimental = experimentalAll ? Set.of() : names(text);
        }
        case "error" -> {
          Boolean given = GoBoolean.parse(text);
          if (given == null) {
            throw new Malformed("failed to parse check option " + Quoted.of(option), option);
          }
          error = given;
        }
        default -> throw new Malformed("invalid check option " + Quoted.of(name), name);
      }
    }
    return new Directives.CheckOptions(skipAll, skip, experimentalAll, experimental, error);
  }

  private static Set<String> names(String list) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : list.split(",", -1)) {
      names.add(Blanks.trim(name));
    }
    return names;
  }
}
