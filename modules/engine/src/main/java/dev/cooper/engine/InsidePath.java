package dev.cooper.engine;

import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.SafePath;
import java.nio.file.Path;

/** Questions about paths inside a container. */
final class InsidePath {
  private InsidePath() {}

  /** Whether the path leads to something, links followed inside {@code root}. */
  static boolean exists(Path root, String inside) throws LinuxException {
    try (FileHandle handle = SafePath.open(root, inside, FileHandle.Access.NAME_ONLY)) {
      return true;
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        return false;
      }
      throw e;
    }
  }
}
