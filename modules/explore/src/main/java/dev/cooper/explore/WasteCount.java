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

  /** Counts one layer; layers come bottom first. */
  void add(List<Change> changes) {
    for (Change change : changes) {
      if (isCounted(change.before()) || isCounted(change.after())) {
        long bytes = change.size();
        Path path = paths.computeIfAbsent(change.path(), p -> new Path());
        path.count++;
        path.sum += bytes;
        path.least = Math.min(path.least, bytes);
        path.last = bytes;
      }
    }
  }

  private static boolean isCounted(@Nullable TarEntry entry) {
    return entry != null && entry.type() != EntryType.DIRECTORY;
  }

  double efficiency() {
    long least = 0;
    long sum = 0;
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
