package dev.cooper.store;

import dev.cooper.linux.Errno;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the unpacked layers below a layer show together, looked up in them without a mount. Layers
 * are never changed once they are there, so that a path that was looked at stays what it was; links
 * inside them are never followed.
 */
final class LowerLayers {
  /** What one layer says about a directory. */
  private enum Sight {
    /** It is there, and what lower layers have in it is seen as well. */
    DIRECTORY,
    /** It is there, and nothing of the lower layers is seen in it. */
    OPAQUE_DIRECTORY,
    /** Nothing: lower layers decide. */
    ABSENT,
    /** It is gone, for all lower layers. */
    HIDDEN
  }

  private final List<Path> topFirst;
  private final OverlayMarks marks;
  private final Map<String, Sight> seen = new HashMap<>();

  LowerLayers(List<Path> bottomFirst, OverlayMarks marks) {
    this.topFirst = bottomFirst.reversed();
    this.marks = marks;
  }

  /** One thing in one of the layers. */
  record Found(Path path, FileStatus status) {}

  /** What is seen at a path; of a directory, the topmost layer's. */
  Optional<Found> find(String path) throws IOException {
    for (int layer = 0; layer < topFirst.size(); layer++) {
      Sight parent = path.isEmpty() ? Sight.ABSENT : look(layer, LayerUnpacker.parent(path));
      if (path.isEmpty() || parent == Sight.DIRECTORY || parent == Sight.OPAQUE_DIRECTORY) {
        Path file = NativeNames.resolve(topFirst.get(layer), path);
        FileStatus status = status(file);
        if (status != null) {
          return OverlayMarks.isWhiteout(status)
              ? Optional.empty()
              : Optional.of(new Found(file, status));
        }
      }
      if (parent == Sight.OPAQUE_DIRECTORY || parent == Sight.HIDDEN) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Sight look(int layer, String path) throws IOException {
    if (path.isEmpty()) {
      return Sight.DIRECTORY;
    }
    String key = layer + "/" + path;
    Sight known = seen.get(key);
    if (known == null) {
      known = lookAnew(layer, path);
      seen.put(key, known);
    }
    return known;
  }

  private Sight lookAnew(int layer, String path) throws IOException {
    Sight parent = look(layer, LayerUnpacker.parent(path));
    if (parent == Sight.ABSENT || parent == Sight.HIDDEN) {
      return parent;
    }
    Path file = NativeNames.resolve(topFirst.get(layer), path);
    FileStatus status = status(file);
    if (status == null) {
      return parent == Sight.OPAQUE_DIRECTORY ? Sight.HIDDEN : Sight.ABSENT;
    }
    if (!status.isDirectory()) {
      return Sight.HIDDEN;
    }
    return parent == Sight.OPAQUE_DIRECTORY || marks.isOpaque(file)
        ? Sight.OPAQUE_DIRECTORY
        : Sight.DIRECTORY;
  }

  private static @Nullable FileStatus status(Path file) throws IOException {
    try {
      return FileStatus.of(file);
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT)) {
        return null;
      }
      throw e;
    }
  }
}
