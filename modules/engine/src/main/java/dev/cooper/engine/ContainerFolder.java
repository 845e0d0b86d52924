package dev.cooper.engine;

import java.nio.file.Path;

/**
 * Where a container's files are.
 *
 * @param path {@code <root>/containers/<id>}
 */
record ContainerFolder(Path path) {
  Path container() {
    return path.resolve("container.json");
  }

  Path state() {
    return path.resolve("state.json");
  }

  /** What the container changed: the overlay's upper directory. */
  Path upper() {
    return path.resolve("upper");
  }

  /** The overlay's own working directory. */
  Path work() {
    return path.resolve("work");
  }

  /** Where the merged view is mounted while it runs. */
  Path root() {
    return path.resolve("rootfs");
  }

  /** The OCI bundle, config.json and the monitor's files. */
  Path bundle() {
    return path.resolve("bundle");
  }

  /** There from before a start until all that the start made has been taken down. */
  Path unclean() {
    return path.resolve("unclean");
  }

  Path log() {
    return path.resolve("log");
  }

  Path hostname() {
    return path.resolve("hostname");
  }

  Path hosts() {
    return path.resolve("hosts");
  }

  Path resolver() {
    return path.resolve("resolv.conf");
  }
}
