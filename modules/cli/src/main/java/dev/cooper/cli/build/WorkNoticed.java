package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.BuildProgress;

/** Notices whether a build made anything that was not in the cache. */
final class WorkNoticed {
  private boolean noticed;

  /** Listens, and passes everything on. */
  BuildProgress and(BuildProgress next) {
    return event -> {
      noticed |= event instanceof BuildEvent.Missed;
      next.report(event);
    };
  }

  /** Whether a step was done rather than remembered. */
  boolean noticed() {
    return noticed;
  }
}
