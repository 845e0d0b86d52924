package dev.cooper.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds stages by name. */
final class Stages {
  private Stages() {}

  /** The last stage of a name before an index, in any case of letters; null if there is none. */
  static @Nullable Stage named(List<Stage> stages, String name, int before) {
    for (int index = before - 1; index >= 0; index--) {
      Stage stage = stages.get(index);
      if (stage.name() != null && stage.name().equalsIgnoreCase(name)) {
        return stage;
      }
    }
    return null;
  }
}
