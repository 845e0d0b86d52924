package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects warnings, leaving out those that the file does not want. */
final class Findings {
  private final Directives.CheckOptions options;
  private final List<Warning> warnings = new ArrayList<>();

  /** The warnings as text: the hash of a record is dear to a program that runs for a moment. */
  private final Set<String> seen = new HashSet<>();

  Findings(Directives.CheckOptions options) {
    this.options = options;
  }

  void add(Check check, SourceRange range, String message) {
    add(check, range, message, options);
  }

  /** Adds a warning unless the comment above the instruction switches its check off. */
  void add(Check check, Origin origin, String message) {
    add(check, origin, origin.range(), message);
  }

  /** The same for a warning about other lines than the instruction's own. */
  void add(Check check, Origin origin, SourceRange range, String message) {
    add(check, range, message, withComment(origin));
  }

  private void add(Check check, SourceRange range, String message, Directives.CheckOptions valid) {
    boolean wanted =
        check.isExperimental()
            ? valid.experimentalAll() || valid.experimental().contains(check.title())
            : !valid.skipAll() && !valid.skip().contains(check.title());
    if (wanted && seen.add(check.title() + range.startLine() + message)) {
      warnings.add(new Warning(check, message, range));
    }
  }

  /** A comment line {@code # check=skip=…} holds for the instruction below it. */
  private Directives.CheckOptions withComment(Origin origin) {
    for (String line : origin.comment().split("\n", -1)) {
      if (!line.startsWith("check")) {
        continue;
      }
      int equals = Blanks.firstNonSpace(line, "check".length());
      if (equals == line.length() || line.charAt(equals) != '=') {
        continue;
      }
      try {
        Directives.CheckOptions local =
            CheckDirective.parse(Blanks.trim(line.substring(equals + 1)));
        return options.and(local);
      } catch (Malformed e) {
        return options; // A comment is not bound to be anything.
      }
    }
    return options;
  }

  /** All warnings in the order of their lines. */
  List<Warning> inOrder() {
    List<Warning> sorted = new ArrayList<>(warnings);
    sorted.sort(
        (one, other) -> Integer.compare(one.range().startLine(), other.range().startLine()));
    return sorted;
  }
}
