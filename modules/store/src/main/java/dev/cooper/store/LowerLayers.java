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

/**
 * What the unpacked layers below a layer hold. Layers are never changed once they are there, so
 * that a path that was looked at stays what it was; links inside them are never followed.
 */
final class LowerLayers {
  private final List<Path> topFirst;
  private final Map<String, Boolean> directories = new HashMap<>();

  LowerLayers(List<Path> bottomFirst) {
    this.topFirst = bottomFirst.reversed();
  }

  /** One thing in one of the layers. */
  record Found(Path path, FileStatus status) {}

  boolean isEmpty() {
    return topFirst.isEmpty();
  }

  /** The topmost layer's thing at a path; empty when there is none or it was whited out. */
  Optional<Found> find(String path) throws IOException {
    for (int i = 0; i < topFirst.size(); i++) {
      if (!isDirectory(i, parent(path))) {
        continue;
      }
      Path file = NativeNames.resolve(topFirst.get(i), path);
      try {
        FileStatus status = FileStatus.of(file);
        return OverlayMarks.isWhiteout(status)
            ? Optional.empty()
            : Optional.of(new Found(file, status));
      } catch (LinuxException e) {
        if (!e.is(Errno.ENOENT)) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a path is in a layer a directory that is reached through directories alone. */
  private boolean isDirectory(int layer, String path) throws IOException {
    if (path.isEmpty()) {
      return true;
    }
    String key = layer + "/" + path;
    Boolean known = directories.get(key);
    if (known == null) {
      known = isDirectory(layer, parent(path)) && looksLikeDirectory(layer, path);
      directories.put(key, known);
    }
    return known;
  }

  private boolean looksLikeDirectory(int layer, String path) throws IOException {
    try {
      return FileStatus.of(NativeNames.resolve(topFirst.get(layer), path)).isDirectory();
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
