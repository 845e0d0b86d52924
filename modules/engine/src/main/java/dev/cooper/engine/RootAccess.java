package dev.cooper.engine;

import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.OverlayMount;
import dev.cooper.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A container's file system while somebody reads or writes it from outside: of a running container
 * as its own processes see it, of another mounted for as long as it is needed.
 */
final class RootAccess implements Closeable {
  private final Container container;
  private final Path root;
  private final boolean live;
  private final @Nullable Path mounted;
  private final Locks.Held lock;

  private RootAccess(
      Container container, Path root, boolean live, @Nullable Path mounted, Locks.Held lock) {
    this.container = container;
    this.root = root;
    this.live = live;
    this.mounted = mounted;
    this.lock = lock;
  }

  /**
   * Opens it; meanwhile the container neither starts nor is removed.
   *
   * @param volumes whether what is mounted in a running container is seen
   */
  static RootAccess open(
      Container container, ContainerRecords records, Starting starting, boolean volumes)
      throws IOException {
    ContainerFolder folder = records.folder(container.id());
    Locks.Held lock = records.lock(container.id());
    try {
      if (Liveness.state(records, container.id()).running()) {
        OptionalInt pid = Monitor.at(folder.bundle()).pid();
        if (pid.isPresent()) {
          return volumes
              ? new RootAccess(
                  container, Path.of("/proc/" + pid.getAsInt() + "/root"), true, null, lock)
              : new RootAccess(container, folder.root(), true, null, lock);
        }
      }
      OverlayMount.unmount(folder.root());
      starting.mountRoot(container, folder);
      return new RootAccess(container, folder.root(), false, folder.root(), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A path inside a container as one inside a folder of this machine. */
  record Place(Path root, String inside) {}

  /** Where a path lies; in a container that does not run, its volumes are looked up. */
  Place place(String path) {
    String normal = Path.of("/").resolve(path).normalize().toString();
    MountPoint best = null;
    if (!live) {
      for (MountPoint mount : container.mounts()) {
        boolean inside = normal.equals(mount.target()) || normal.startsWith(mount.target() + "/");
        if (inside
            && !mount.source().isEmpty()
            && (best == null || mount.target().length() > best.target().length())) {
          best = mount;
        }
      }
    }
    return best == null
        ? new Place(root, normal.substring(1))
        : new Place(
            Path.of(best.source()),
            normal.length() == best.target().length()
                ? ""
                : normal.substring(best.target().length() + 1));
  }

  Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    try {
      if (mounted != null) {
        OverlayMount.unmount(mounted);
      }
    } finally {
      lock.close();
    }
  }
}
