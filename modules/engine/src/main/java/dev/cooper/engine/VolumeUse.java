package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.store.Locks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which containers use which volumes, and the removal of volumes that none uses. */
public final class VolumeUse {
  private final Volumes volumes;
  private final ContainerRecords records;

  VolumeUse(Volumes volumes, ContainerRecords records) {
    this.volumes = volumes;
    this.records = records;
  }

  /** The ids of the containers, running or not, that mount a volume. */
  public List<String> users(String name) throws IOException {
    List<String> users = new ArrayList<>();
    for (String id : records.ids()) {
      Optional<Container> container = records.read(id);
      if (container.isPresent()
          && container.get().mounts().stream()
              .anyMatch(
                  mount -> mount.type().equals(MountRequest.VOLUME) && mount.name().equals(name))) {
        users.add(id);
      }
    }
    return users;
  }

  /** The volumes that no container mounts. */
  public List<Volume> unused() throws IOException {
    List<Volume> unused = new ArrayList<>();
    for (Volume volume : volumes.list()) {
      if (users(volume.name()).isEmpty()) {
        unused.add(volume);
      }
    }
    return unused;
  }

  /** The bytes in a volume. */
  public long size(Volume volume) throws IOException {
    return FolderSize.of(volumes.data(volume.name()));
  }

  /**
   * Removes a volume with everything in it.
   *
   * @throws CooperException.NotFound {@code No such volume: x}
   * @throws CooperException.Conflict when a container uses it
   */
  public void remove(String name) throws IOException {
    if (volumes.find(name).isEmpty()) {
      throw new CooperException.NotFound("No such volume: " + name);
    }
    try (Locks.Held _ = volumes.lockUse()) {
      List<String> users = users(name);
      if (!users.isEmpty()) {
        throw new CooperException.Conflict(
            "remove " + name + ": volume is in use - [" + String.join(", ", users) + "]",
            "remove the container first: cooper rm " + users.getFirst().substring(0, 12));
      }
      volumes.delete(name);
    }
  }

  /**
   * Removes the volumes that nobody named of a container that is no more, and keeps those that
   * another container uses.
   */
  void removeAnonymous(List<MountPoint> mounts) throws IOException {
    for (MountPoint mount : mounts) {
      if (mount.anonymous()) {
        try (Locks.Held _ = volumes.lockUse()) {
          if (users(mount.name()).isEmpty()) {
            volumes.delete(mount.name());
          }
        } catch (CooperException.Corrupt e) {
          // A container whose record cannot be read may use it.
        }
      }
    }
  }
}
