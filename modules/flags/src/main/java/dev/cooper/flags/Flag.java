package dev.cooper.flags;

import org.jspecify.annotations.Nullable;

/**
 * One flag of a command.
 *
 * @param names with their dashes, the first short and the first long one being those to show
 * @param label what its value is called in help; empty for a switch
 * @param description one line for help
 * @param hidden whether help leaves it out
 * @param alone the value when it is given without {@code =value}; null where a value must follow
 */
public record Flag(
    String[] names, String label, String description, boolean hidden, @Nullable String alone) {

  /** Whether this is the flag's name, dashes included. */
  boolean isCalled(String name) {
    for (String each : names) {
      if (each.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The first name with one dash, or null. */
  public @Nullable String shortName() {
    return first(false);
  }

  /** The first name with two dashes, or null. */
  public @Nullable String longName() {
    return first(true);
  }

  private @Nullable String first(boolean isLong) {
    for (String name : names) {
      if (name.startsWith("--") == isLong) {
        return name;
      }
    }
    return null;
  }

  /** Both names as pflag's complaints show them: {@code -t, --time}. */
  String shown() {
    String brief = shortName();
    String full = longName();
    return brief == null ? full + "" : full == null ? brief : brief + ", " + full;
  }
}
