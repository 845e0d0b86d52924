package dev.cooper.engine;

import java.nio.file.Path;

/**
 * Where a container's files are.
 *
 * @param path {@code <root>/containers/<id>}
 */
public record ContainerFolder(Path path) {
  public Path container() {
    return path.resolve("container.json");
  }

  public Path state() {
    return path.resolve("state.json");
  }

  /** What the container changed: the overlay's upper directory. */
  public Path upper() {
    return path.resolve("upper");
  }

  /** The overlay's own working directory. */
  public Path work() {
    return path.resolve("work");
  }

  /** Where the merged view is mounted while it runs. */
  public Path root() {
    return path.resolve("rootfs");
  }

  /** Where its /dev/shm is mounted while it runs, if others may share it. */
  public Path sharedMemory() {
    return path.resolve("shm");
  }

  /** The OCI bundle, config.json and the monitor's files. */
  public Path bundle() {
    return path.resolve("bundle");
  }

  /** There from before a start until all that the start made has been taken down. */
  public Path unclean() {
    return path.resolve("unclean");
  }

  public Path log() {
    return path.resolve("log");
  }

  public Path hostname() {
    return path.resolve("hostname");
  }

  public Path hosts() {
    return path.resolve("hosts");
  }

  public Path resolver() {
    return path.resolve("resolv.conf");
  }
}
