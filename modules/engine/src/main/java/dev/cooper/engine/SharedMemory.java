package dev.cooper.engine;

import dev.cooper.linux.MountFlag;
import dev.cooper.linux.Mounts;
import dev.cooper.runtime.ContainerMount;
import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.OverlayMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The /dev/shm that a container shares with others: a tmpfs of the host's while it runs. */
final class SharedMemory {
  private SharedMemory() {}

  /**
   * Makes it.
   *
   * @param size in bytes; 0 for the usual one
   */
  static ContainerMount make(ContainerFolder folder, long size) throws IOException {
    Path place = folder.sharedMemory();
    Files.createDirectories(place);
    long bytes = size == 0 ? ContainerSpec.DEFAULT_SHARED_MEMORY : size;
    Mounts.mount(
        "shm",
        place,
        "tmpfs",
        Set.of(MountFlag.NO_SUID, MountFlag.NO_EXEC, MountFlag.NO_DEVICES),
        "mode=1777,size=" + bytes);
    return of(folder);
  }

  /** That of the container whose folder it is. */
  static ContainerMount of(ContainerFolder folder) {
    return ContainerMount.bind(folder.sharedMemory(), "/dev/shm", false);
  }

  /** Takes it down if it is there. */
  static void unmount(ContainerFolder folder) throws IOException {
    if (Files.exists(folder.sharedMemory())) {
      OverlayMount.unmount(folder.sharedMemory());
    }
  }
}
