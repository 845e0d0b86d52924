package dev.cooper.engine;

import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.OverlayMount;
import dev.cooper.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Everything after a container's program has ended. */
final class Ending {
  private final ContainerRecords records;
  private final Machinery machinery;
  private final VolumeUse volumes;
  private final Connections connections;

  Ending(ContainerRecords records, Machinery machinery, Volumes volumes, Connections connections) {
    this.records = records;
    this.machinery = machinery;
    this.volumes = new VolumeUse(volumes, records);
    this.connections = connections;
  }

  /**
   * Cleans up after a container if it has ended: writes down how, takes its mounts and network
   * down, and removes it if that was wanted. Does nothing while it runs, or when it was done
   * already.
   */
  void cleanUp(String id) throws IOException {
    try (Locks.Held held = records.lock(id)) {
      cleanUpLocked(id);
    }
  }

  /** As {@link #cleanUp}, but leaves a container alone that another command is at work on. */
  void cleanUpIfIdle(String id) throws IOException {
    if (!Files.exists(records.folder(id).unclean())) {
      return;
    }
    Optional<Locks.Held> lock = records.tryLock(id);
    if (lock.isPresent()) {
      try (Locks.Held _ = lock.get()) {
        cleanUpLocked(id);
      }
    }
  }

  private void cleanUpLocked(String id) throws IOException {
    Optional<Container> container = records.read(id);
    if (container.isPresent() && !Liveness.state(records, id).running()) {
      boolean remove =
          container.get().removeWhenDone()
              && !records.readState(id).status().equals(ContainerState.CREATED);
      if (remove) {
        // Without writing down how it ended, for which a full disk may have no room.
        remove(container.get(), true);
      } else {
        finish(container.get());
      }
    }
  }

  /** As {@link #cleanUp}, without removing; the caller holds the lock. */
  void finish(Container container) throws IOException {
    ContainerState state = Liveness.state(records, container.id());
    takeDown(container);
    if (records.readState(container.id()).running()) {
      records.write(container.id(), state);
    }
    Monitor.at(records.folder(container.id()).bundle()).forgetEnd();
  }

  /** Removes what a start made, whatever there is of it; the caller holds the lock. */
  void takeDown(Container container) throws IOException {
    ContainerFolder folder = records.folder(container.id());
    if (!Files.exists(folder.unclean())) {
      return;
    }
    machinery.runtime().delete(container.id(), true);
    OverlayMount.unmount(folder.root());
    SharedMemory.unmount(folder);
    connections.disconnect(container);
    Files.deleteIfExists(folder.unclean());
  }

  /** Removes a container that does not run; the caller holds the lock. */
  void remove(Container container, boolean withVolumes) throws IOException {
    takeDown(container);
    Monitor.at(records.folder(container.id()).bundle()).forgetEnd();
    records.remove(container.id(), container.name());
    if (withVolumes) {
      volumes.removeAnonymous(container.mounts());
    }
  }
}
