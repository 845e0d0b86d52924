package dev.cooper.builder;

import java.nio.file.Path;
import java.util.Objects;

/** Where the Dockerfile is. */
public sealed interface DockerfileSource {
  /** {@code Dockerfile} at the root of the context. */
  DockerfileSource DEFAULT = new InContext("Dockerfile");

  /**
   * A file of the context.
   *
   * @param path relative to the context's root
   */
  record InContext(String path) implements DockerfileSource {
    public InContext {
      Objects.requireNonNull(path);
    }
  }

  /** A file anywhere on this machine. */
  record File(Path path) implements DockerfileSource {
    public File {
      Objects.requireNonNull(path);
    }
  }

  /**
   * Text that is already here, such as standard input.
   *
   * @param name what messages call it
   */
  record Text(String name, String text) implements DockerfileSource {
    public Text {
      Objects.requireNonNull(name);
      Objects.requireNonNull(text);
    }
  }
}
