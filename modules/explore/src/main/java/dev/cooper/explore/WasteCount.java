package dev.cooper.explore;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what several layers store of the same path, by the rules of {@link LayersReport}. */
final class WasteCount {
  private static final class Path {
    int count;
    long sum;
    long least = Long.MAX_VALUE;
    long last;
  }

  private final Map<String, Path> paths = new HashMap<>();

  /** The bytes of paths that only the bottom layer has: most of most images. */
  private long once;

  private WasteCount() {}

  /**
   * Counts an image.
   *
   * @param layers the changes of each layer, bottom first
   */
  static WasteCount of(List<List<Change>> layers) {
    WasteCount count = new WasteCount();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      for (Change change : layers.get(layer)) {
        if (isCounted(change.before()) || isCounted(change.after())) {
          count.add(change, layer == 0);
        }
      }
    }
    return count;
  }

  private void add(Change change, boolean bottom) {
    long bytes = change.size();
    Path path = paths.get(change.path());
    if (path == null) {
      if (bottom) {
        once += bytes;
        return;
      }
      path = new Path();
      // Layers come from the top: the first that is seen is the last that counts.
      path.last = bytes;
      paths.put(change.path(), path);
    }
    path.count++;
    path.sum += bytes;
    path.least = Math.min(path.least, bytes);
  }

  private static boolean isCounted(@Nullable TarEntry entry) {
    return entry != null && entry.type() != EntryType.DIRECTORY;
  }

  double efficiency() {
    long least = once;
    long sum = once;
    for (Path path : paths.values()) {
      least += path.least;
      sum += path.sum;
    }
    return sum == 0 ? 1 : (double) least / sum;
  }

  /** Paths that come twice or more and take bytes; most bytes first, then by path. */
  List<Waste> waste() {
    List<Waste> waste = new ArrayList<>();
    paths.forEach(
        (name, path) -> {
          if (path.count > 1 && path.sum > 0) {
            waste.add(new Waste(name, path.count, path.sum, path.sum - path.last));
          }
        });
    waste.sort(Comparator.comparingLong(Waste::bytes).reversed().thenComparing(Waste::path));
    return waste;
  }
}
