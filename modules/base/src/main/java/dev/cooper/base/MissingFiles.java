package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Loaders and libraries that are needed and not there, with who needs them. */
final class MissingFiles {
  /** Without these the image is of no use. */
  private final Map<String, Set<String>> required = new LinkedHashMap<>();

  private final Map<String, Set<String>> others = new LinkedHashMap<>();

  /**
   * Something is not there.
   *
   * @param name a path, a library's name, or a version of one
   * @param must whether the image is of no use without it
   */
  void add(String name, Collection<String> neededBy, boolean must) {
    (must ? required : others).computeIfAbsent(name, n -> new LinkedHashSet<>()).addAll(neededBy);
  }

  /**
   * Decides, once everything was gathered.
   *
   * @return what may be missing, one line each
   * @throws CooperException.NotFound when something required is missing: the message names all
   */
  List<String> judge(RootFiles gathered) {
    if (!required.isEmpty()) {
      throw new CooperException.NotFound(
          required.size()
              + (required.size() == 1 ? " library is" : " libraries are")
              + " missing: "
              + list(required),
          "install the packages that have them; apt-file search NAME tells which");
    }
    // A library beside those that need it is loaded before them, by whoever loads them.
    Set<String> there = new TreeSet<>();
    gathered.items().forEach(item -> there.add(item.entry().name()));
    List<String> notes = new ArrayList<>();
    others.forEach(
        (name, by) -> {
          if (!there.contains(name)) {
            notes.add("not there: " + name + ", needed by " + String.join(", ", by));
          }
        });
    return notes;
  }

  private static String list(Map<String, Set<String>> missing) {
    List<String> parts = new ArrayList<>();
    missing.forEach((name, by) -> parts.add(name + " (needed by " + String.join(", ", by) + ")"));
    return String.join("; ", parts);
  }
}
