package dev.cooper.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of a Dockerfile that is well formed but perhaps not meant so. */
public final class Checks {
  private Checks() {}

  /** The findings in the order of their lines. */
  public static List<Warning> run(Dockerfile dockerfile, @Nullable IgnoreFile ignoreFile) {
    throw new UnsupportedOperationException();
  }
}
