package dev.cooper.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory from which an OCI runtime runs a container (runtime-spec, bundle.md).
 *
 * @param directory holds config.json
 * @param spec what was written there
 */
public record Bundle(Path directory, ContainerSpec spec) {
  /**
   * Writes {@code spec} into {@code directory}, which is made if absent. Again: replaces it.
   *
   * @throws dev.cooper.image.CooperException.InvalidInput if a device asked for is not there
   */
  public static Bundle write(Path directory, ContainerSpec spec) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve("config.json"), OciConfig.of(spec));
    return new Bundle(directory, spec);
  }

  /** The container's id. */
  public String id() {
    return spec.id();
  }
}
