package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the list of entries in index.json. An image with n names has n entries, each with a
 * name; a dangling image has one entry without.
 */
final class IndexEntries {
  private IndexEntries() {}

  /** The name of an entry; null when it has none, or one from another tool that is no name. */
  static @Nullable Reference name(Descriptor entry) {
    String name = entry.annotations().get(Descriptor.REF_NAME);
    if (name == null) {
      return null;
    }
    try {
      return Reference.parse(name);
    } catch (CooperException.InvalidInput e) {
      return null;
    }
  }

  /** With one more entry; the name is taken from whoever had it. */
  static List<Descriptor> add(
      List<Descriptor> before, @Nullable Reference name, Descriptor target) {
    if (name == null && before.stream().anyMatch(entry -> sameTarget(entry, target))) {
      return before;
    }
    if (name != null
        && before.stream()
            .anyMatch(entry -> name.equals(name(entry)) && sameTarget(entry, target))) {
      return before;
    }
    List<Descriptor> after = new ArrayList<>(name == null ? before : withoutName(before, name));
    // What has a name now needs its nameless entry no more.
    after.removeIf(
        entry ->
            !entry.annotations().containsKey(Descriptor.REF_NAME) && sameTarget(entry, target));
    after.add(named(target, name == null ? null : name.familiar()));
    return after;
  }

  /** Without a name; an image that loses its last name keeps an entry without. */
  static List<Descriptor> withoutName(List<Descriptor> before, Reference name) {
    List<Descriptor> after = new ArrayList<>();
    for (Descriptor entry : before) {
      if (!name.equals(name(entry))) {
        after.add(entry);
      } else if (before.stream()
          .noneMatch(other -> !name.equals(name(other)) && sameTarget(other, entry))) {
        after.add(named(entry, null));
      }
    }
    return after;
  }

  private static boolean sameTarget(Descriptor a, Descriptor b) {
    return a.digest().equals(b.digest());
  }

  private static Descriptor named(Descriptor entry, @Nullable String name) {
    Map<String, String> annotations = new TreeMap<>(entry.annotations());
    annotations.remove(Descriptor.REF_NAME);
    if (name != null) {
      annotations.put(Descriptor.REF_NAME, name);
    }
    return entry.withAnnotations(annotations);
  }
}
