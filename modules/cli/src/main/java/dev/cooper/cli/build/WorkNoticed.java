package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.BuildProgress;

/** Notices whether a build made anything that was not in the cache. */
final class WorkNoticed {
  private int started;
  private int known;

  /** Listens, and passes everything on. */
  BuildProgress and(BuildProgress next) {
    return event -> {
      switch (event) {
        case BuildEvent.Started step when !isFrom(step.step()) -> started++;
        case BuildEvent.Cached _ -> known++;
        default -> {}
      }
      next.report(event);
    };
  }

  private static boolean isFrom(BuildEvent.Step step) {
    return step.text().regionMatches(true, 0, "FROM", 0, 4);
  }

  /** Whether a step was done rather than remembered. */
  boolean noticed() {
    return started > known;
  }
}
