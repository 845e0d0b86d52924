package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Several problems in a line. */
final class Problems {
  private Problems() {}

  /**
   * @param withLine whether the message names the line
   */
  static String oneLine(List<Problem> problems, boolean withLine) {
    Problem first = problems.getFirst();
    String message =
        withLine
            ? "dockerfile parse error on line " + first.range().startLine() + ": " + first.message()
            : first.message();
    int others = problems.size() - 1;
    return others == 0
        ? message
        : message + " (and " + others + " more problem" + (others == 1 ? ")" : "s)");
  }

  static List<String> hints(List<Problem> problems) {
    List<String> hints = new ArrayList<>();
    for (Problem problem : problems) {
      for (String hint : problem.hints()) {
        if (!hints.contains(hint)) {
          hints.add(hint);
        }
      }
    }
    return hints;
  }
}
