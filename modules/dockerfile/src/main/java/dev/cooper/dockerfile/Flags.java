package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of one instruction. */
final class Flags {
  /** What a flag takes. */
  enum Kind {
    /** Nothing, true or false. */
    SWITCH,
    /** One value. */
    TEXT,
    /** A value, any number of times. */
    LIST
  }

  /** A flag that an instruction knows. */
  record Flag(String name, Kind kind) {}

  private final Map<String, List<String>> values;

  private Flags(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the flags as written.
   *
   * @throws Malformed for the first that is unknown, repeated or without a proper value
   */
  static Flags parse(List<String> written, List<Flag> known) {
    Map<String, List<String>> values = new HashMap<>();
    for (String flag : written) {
      int equals = flag.indexOf('=');
      String shown = equals < 0 ? flag : flag.substring(0, equals);
      String name = shown.substring(2);
      Flag found = find(name, known);
      if (found == null) {
        throw new Malformed(
            "unknown flag: " + shown + Suggestion.didYouMean(name, names(known)), shown);
      }
      List<String> earlier = values.get(name);
      if (earlier != null && found.kind != Kind.LIST) {
        throw new Malformed("duplicate flag specified: " + shown, shown);
      }
      String value = equals < 0 ? "" : flag.substring(equals + 1);
      if (equals < 0 ? found.kind != Kind.SWITCH : found.kind == Kind.SWITCH && value.isEmpty()) {
        throw new Malformed("missing a value on flag: " + shown, shown);
      }
      if (found.kind == Kind.SWITCH) {
        value = value.toLowerCase(Locale.ROOT);
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
          throw new Malformed(
              "expecting boolean value for flag " + shown + ", not: " + flag.substring(equals + 1),
              flag);
        }
      }
      if (earlier == null) {
        earlier = new ArrayList<>();
        values.put(name, earlier);
      }
      earlier.add(value);
    }
    return new Flags(values);
  }

  private static @Nullable Flag find(String name, List<Flag> known) {
    for (Flag flag : known) {
      if (flag.name.equals(name)) {
        return flag;
      }
    }
    return null;
  }

  private static List<String> names(List<Flag> known) {
    List<String> names = new ArrayList<>();
    for (Flag flag : known) {
      names.add(flag.name);
    }
    return names;
  }

  /** A switch; null if it is not given. */
  @Nullable Boolean given(String name) {
    List<String> value = values.get(name);
    return value == null ? null : !value.getFirst().equals("false");
  }

  boolean isOn(String name) {
    return Boolean.TRUE.equals(given(name));
  }

  /** A value; empty if it is not given, for giving it empty is the same. */
  String text(String name) {
    List<String> value = values.get(name);
    return value == null ? "" : value.getFirst();
  }

  List<String> list(String name) {
    List<String> value = values.get(name);
    return value == null ? List.of() : List.copyOf(value);
  }
}
