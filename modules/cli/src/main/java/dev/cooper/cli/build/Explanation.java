package dev.cooper.cli.build;

import dev.cooper.builder.Reason;
import java.util.ArrayList;
import java.util.List;

/** Why a step was not taken from the cache, in lines for people. */
final class Explanation {
  private static final int MOST = 20;

  private Explanation() {}

  /** One line for each reason; those of a great many are counted. Empty for none. */
  static List<String> lines(List<Reason> reasons) {
    List<String> lines = new ArrayList<>();
    for (Reason reason : reasons.subList(0, Math.min(MOST, reasons.size()))) {
      lines.add("Not cached: " + reason.text());
    }
    if (reasons.size() > MOST) {
      lines.add("Not cached: and " + (reasons.size() - MOST) + " more changes");
    }
    return lines;
  }
}
