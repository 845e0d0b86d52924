package dev.cooper.explore;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what each layer does to each path, of several steps the sum. */
final class LayerChanges implements FileTree.Observer {
  /** What was at a path before the layer, and what is there now. */
  private static final class Step {
    final @Nullable TarEntry before;
    @Nullable TarEntry after;

    Step(@Nullable TarEntry before, @Nullable TarEntry after) {
      this.before = before;
      this.after = after;
    }
  }

  private final List<List<Change>> layers = new ArrayList<>();
  private final @Nullable String only;

  /** In the order of the archive, which mostly is that of the paths: sorting it takes one look. */
  private Map<String, Step> current = new LinkedHashMap<>();

  private LayerChanges(@Nullable String only) {
    this.only = only;
  }

  /** Gathers all changes. */
  static LayerChanges all() {
    return new LayerChanges(null);
  }

  /**
   * Gathers the changes of one path.
   *
   * @param path without a leading slash
   */
  static LayerChanges of(String path) {
    return new LayerChanges(path);
  }

  @Override
  public void changed(int layer, @Nullable TarEntry before, @Nullable TarEntry after) {
    while (layers.size() < layer) {
      finishLayer();
    }
    TarEntry named = after == null ? before : after;
    if (named == null || only != null && !only.equals(named.path())) {
      return;
    }
    Step known = current.get(named.path());
    if (known == null) {
      current.put(named.path(), new Step(before, after));
    } else {
      known.after = after;
    }
  }

  /**
   * The changes of each layer, by path.
   *
   * @param count the number of layers
   */
  List<List<Change>> finish(int count) {
    while (layers.size() < count) {
      finishLayer();
    }
    return layers;
  }

  private void finishLayer() {
    List<Change> changes = new ArrayList<>(current.size());
    int layer = layers.size();
    current.forEach(
        (path, step) -> {
          ChangeKind kind = kind(step.before, step.after);
          // The root is always there; to list it is no change, to give it other attributes is.
          if (kind != null && !(path.isEmpty() && layer == 0)) {
            changes.add(new Change(layer, kind, path, step.before, step.after));
          }
        });
    changes.sort((a, b) -> PathBytes.compare(a.path(), b.path()));
    layers.add(changes);
    current = new LinkedHashMap<>();
  }

  /** Null when nothing has changed. */
  private static @Nullable ChangeKind kind(@Nullable TarEntry before, @Nullable TarEntry after) {
    if (before == null) {
      return after == null ? null : ChangeKind.ADDED;
    }
    if (after == null) {
      return ChangeKind.REMOVED;
    }
    // A file stored again is a change even if it looks the same: its bytes may differ, and it takes
    // space. Of all else the attributes are all there is, and a directory's date moves by itself.
    return after.type() != EntryType.FILE && undated(before).equals(undated(after))
        ? null
        : ChangeKind.CHANGED;
  }

  private static TarEntry undated(TarEntry entry) {
    return entry.withModified(Instant.EPOCH).withNames("", "");
  }
}
