package dev.cooper.builder;

import dev.cooper.image.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Free key/value pairs that an image gets outside its config (image-spec, annotations.md).
 *
 * @param entries in the order in which they were given; of two for one place and key the later
 *     counts
 */
public record Annotations(List<Entry> entries) {
  /** None. */
  public static final Annotations NONE = new Annotations(List.of());

  /** Where an annotation stands. */
  public enum Level {
    MANIFEST,
    /** The index of several platforms' manifests. */
    INDEX,
    /** The entry of a manifest in the index, or in the table of contents of a layout. */
    MANIFEST_DESCRIPTOR,
    /** The entry of the index in the table of contents of a layout. */
    INDEX_DESCRIPTOR
  }

  /**
   * One annotation.
   *
   * @param platform of the manifests that get it; null for all
   */
  public record Entry(Level level, @Nullable Platform platform, String key, String value) {
    public Entry {
      Objects.requireNonNull(level);
      Objects.requireNonNull(key);
      Objects.requireNonNull(value);
    }
  }

  public Annotations {
    entries = List.copyOf(entries);
  }

  /** These, and after them others. */
  public Annotations and(Annotations others) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(others.entries);
    return new Annotations(all);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether some are for an index. */
  boolean needIndex() {
    for (Entry entry : entries) {
      if (entry.level() == Level.INDEX || entry.level() == Level.INDEX_DESCRIPTOR) {
        return true;
      }
    }
    return false;
  }

  /** Those of one level that hold for a platform; of all platforms' own where that is null. */
  Map<String, String> of(Level level, @Nullable Platform platform) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (Entry entry : entries) {
      boolean holds = entry.platform() == null || entry.platform().equals(platform);
      if (entry.level() == level && holds) {
        chosen.put(entry.key(), entry.value());
      }
    }
    return chosen;
  }
}
