package dev.cooper.builder;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/** Where COPY and ADD find the files of the build. */
public sealed interface BuildContext {

  /**
   * A folder on this machine. Only the parts of it that instructions name are ever looked at.
   *
   * @param path an existing directory
   */
  record Folder(Path path) implements BuildContext {
    public Folder {
      Objects.requireNonNull(path);
    }
  }

  /**
   * A tar archive, packed or not.
   *
   * @param bytes read once, to its end; not closed
   */
  record Archive(InputStream bytes) implements BuildContext {
    public Archive {
      Objects.requireNonNull(bytes);
    }
  }

  /** No files at all: every COPY from it fails. For a Dockerfile that comes alone. */
  record Empty() implements BuildContext {}
}
