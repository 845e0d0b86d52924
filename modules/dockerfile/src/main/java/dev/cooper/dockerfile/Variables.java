package dev.cooper.dockerfile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that an instruction sees. */
@FunctionalInterface
public interface Variables {
  /** No variable is set. */
  Variables NONE = name -> null;

  /** The value of a variable, or null if it is not set. */
  @Nullable String get(String name);

  /** The variables of a map, which is read whenever a variable is asked for. */
  static Variables of(Map<String, String> values) {
    return values::get;
  }
}
