package dev.cooper.cli.containers;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** {@code --cidfile}: a file that must not exist yet and gets the container's id. */
final class IdFile {
  private final @Nullable Path path;

  private IdFile(@Nullable Path path) {
    this.path = path;
  }

  /**
   * Looks before anything is made.
   *
   * @throws CooperException.Conflict when the file is there already
   */
  static IdFile open(@Nullable String name) {
    Path path = name == null ? null : Path.of(name);
    if (path != null && Files.exists(path)) {
      throw exists(path, null);
    }
    return new IdFile(path);
  }

  void write(String id) throws IOException {
    if (path != null) {
      try {
        Files.writeString(path, id, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw exists(path, e);
      }
    }
  }

  private static CooperException exists(Path path, @Nullable Throwable cause) {
    return new CooperException.Conflict(
        "container ID file found, make sure the other container isn't running or delete " + path,
        null,
        cause);
  }
}
