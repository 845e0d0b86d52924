package dev.cooper.cli.build;

import dev.cooper.builder.Annotations;
import dev.cooper.cli.UsageException;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Annotations as {@code docker buildx build} has them, in a flag and among an output's fields. */
final class AnnotationOption {
  private static final String FIELD = "annotation";

  private AnnotationOption() {}

  /**
   * What one {@code --annotation} says: {@code [LEVEL[PLATFORM][,LEVEL…]:]KEY=VALUE}.
   *
   * @throws UsageException if it cannot be read
   */
  static Annotations parse(String option) {
    int equals = option.indexOf('=');
    if (equals < 1) {
      throw wrong(option, "expected key=value");
    }
    String key = option.substring(0, equals);
    String value = option.substring(equals + 1);
    int colon = key.indexOf(':');
    if (colon < 0) {
      return one("manifest", key, value, option);
    }
    Annotations all = Annotations.NONE;
    for (String level : key.substring(0, colon).split(",", -1)) {
      all = all.and(one(level, key.substring(colon + 1), value, option));
    }
    return all;
  }

  /** Whether a field of {@code --output} is an annotation. */
  static boolean isField(String name) {
    return name.startsWith(FIELD + ".") || name.startsWith(FIELD + "-");
  }

  /** What a field of {@code --output} says: {@code annotation[-LEVEL[PLATFORM]].KEY=VALUE}. */
  static Annotations ofField(String name, String value) {
    // A platform may have a dot in it.
    int bracket = name.indexOf(']');
    int dot = name.indexOf('.', Math.max(0, bracket));
    if (dot < 0) {
      throw wrong(name, "expected annotation-LEVEL.KEY=VALUE");
    }
    String level = dot == FIELD.length() ? "manifest" : name.substring(FIELD.length() + 1, dot);
    return one(level, name.substring(dot + 1), value, name);
  }

  private static Annotations one(String text, String key, String value, String option) {
    String name = text;
    @Nullable Platform platform = null;
    int bracket = text.indexOf('[');
    if (bracket >= 0 && text.endsWith("]")) {
      name = text.substring(0, bracket);
      try {
        platform = Platform.parse(text.substring(bracket + 1, text.length() - 1));
      } catch (CooperException.InvalidInput e) {
        throw wrong(option, e.getMessage());
      }
    }
    Annotations.Level level =
        switch (name) {
          case "manifest" -> Annotations.Level.MANIFEST;
          case "index" -> Annotations.Level.INDEX;
          case "manifest-descriptor" -> Annotations.Level.MANIFEST_DESCRIPTOR;
          case "index-descriptor" -> Annotations.Level.INDEX_DESCRIPTOR;
          default ->
              throw wrong(
                  option,
                  "unknown annotation type \""
                      + name
                      + "\" (manifest, index, manifest-descriptor, index-descriptor)");
        };
    boolean ofIndex =
        level == Annotations.Level.INDEX || level == Annotations.Level.INDEX_DESCRIPTOR;
    if (ofIndex && platform != null) {
      throw wrong(option, "an index is of all platforms");
    }
    if (key.isEmpty()) {
      throw wrong(option, "no key");
    }
    return new Annotations(List.of(new Annotations.Entry(level, platform, key, value)));
  }

  private static UsageException wrong(String option, String why) {
    return new UsageException(
        "invalid annotation \"" + option + "\": " + why, "cooper build --help");
  }

  /** What several options say together. */
  static Annotations parse(List<String> options) {
    List<Annotations.Entry> entries = new ArrayList<>();
    options.forEach(option -> entries.addAll(parse(option).entries()));
    return new Annotations(entries);
  }
}
