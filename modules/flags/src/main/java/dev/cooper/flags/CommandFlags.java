package dev.cooper.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The flags of one command object, and the way to set them. Subclasses are generated.
 *
 * @param <C> the command's type
 */
public abstract class CommandFlags<C> {
  private final C command;

  protected CommandFlags(C command) {
    this.command = command;
  }

  /** The object whose fields are set. */
  public final C command() {
    return command;
  }

  /** {@link Usage#name()}. */
  public abstract String name();

  /** {@link Usage#synopsis()}, with a line break and a tab between its lines. */
  public abstract String synopsis();

  /** {@link Usage#description()}, with line breaks between its lines. */
  public abstract String description();

  /** All flags, in the order of their declaration. */
  public abstract Flag[] flags();

  /**
   * Sets the field of a flag.
   *
   * @param flag its place in {@link #flags()}
   * @throws IllegalArgumentException if the value is not of the field's type; the message says why
   */
  protected abstract void set(int flag, String value);

  /**
   * Takes a word that is no flag.
   *
   * @return false if the command takes none
   */
  protected abstract boolean operand(String word);

  /** A switch's value, in the forms that Go's {@code strconv.ParseBool} accepts. */
  protected static boolean truth(String value) {
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw invalid("ParseBool", value, "invalid syntax");
    };
  }

  protected static int integer(String value) {
    long number = whole(value);
    if (number != (int) number) {
      throw invalid("ParseInt", value, "value out of range");
    }
    return (int) number;
  }

  protected static long whole(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      boolean digits = !value.isEmpty();
      for (int i = value.startsWith("-") || value.startsWith("+") ? 1 : 0;
          i < value.length();
          i++) {
        digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
      }
      throw invalid(
          "ParseInt",
          value,
          digits && value.length() > 1 ? "value out of range" : "invalid syntax");
    }
  }

  protected static double decimal(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw invalid("ParseFloat", value, "invalid syntax");
    }
  }

  /** The constant of that name, in any case and with dashes for underscores. */
  protected static <E extends Enum<E>> E choice(E[] all, String value) {
    String name = value.replace('-', '_').toUpperCase(Locale.ROOT);
    List<String> names = new ArrayList<>();
    for (E each : all) {
      if (each.name().equals(name)) {
        return each;
      }
      names.add(each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    throw new IllegalArgumentException("must be one of " + String.join(", ", names));
  }

  /** Adds the parts of a value to a list. */
  protected static void split(List<String> list, String value, String separator) {
    int from = 0;
    for (int to; (to = value.indexOf(separator, from)) >= 0; from = to + separator.length()) {
      list.add(value.substring(from, to));
    }
    list.add(value.substring(from));
  }

  private static IllegalArgumentException invalid(String function, String value, String why) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + value + "\": " + why);
  }
}
