package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.runtime.Namespace;
import java.io.IOException;
import java.nio.file.Path;

/** Other containers, as one refers to them that shares something with them. */
final class Neighbours {
  private final ContainerRecords records;

  Neighbours(ContainerRecords records) {
    this.records = records;
  }

  /**
   * A mode with the container's id in place of its name, so that it stays the same container under
   * another name; any other mode as it is.
   *
   * @throws CooperException.NotFound {@code No such container: x}
   */
  String resolved(String mode) throws IOException {
    return mode.startsWith(Isolation.CONTAINER)
        ? Isolation.CONTAINER + records.require(mode.substring(Isolation.CONTAINER.length())).id()
        : mode;
  }

  /**
   * What a mode means for a namespace.
   *
   * @param mode empty, {@code host} or {@code container:ID}
   * @param name as /proc/PID/ns has it
   * @param called as messages call it
   */
  Namespace of(String mode, String name, String called) throws IOException {
    if (mode.startsWith(Isolation.CONTAINER)) {
      return namespace(mode.substring(Isolation.CONTAINER.length()), name, called);
    }
    return mode.equals(Isolation.HOST) ? Namespace.HOST : Namespace.OWN;
  }

  /**
   * A namespace of a running container.
   *
   * @throws CooperException.Conflict if it does not run
   */
  Namespace namespace(String id, String name, String called) throws IOException {
    Container container = records.require(id);
    ContainerState state = Liveness.state(records, id);
    if (!state.running()) {
      throw new CooperException.Conflict(
          "cannot join " + called + " of a non running container: " + id,
          "start it first: cooper start " + container.name());
    }
    return new Namespace.Joined(Path.of("/proc", Long.toString(state.pid()), "ns", name));
  }

  /**
   * The container whose network a container is in, however many are between them: itself if it
   * shares nobody's.
   *
   * @throws CooperException.NotFound {@code No such container: x}
   */
  Container ownerOfNetwork(Container container) throws IOException {
    Container owner = container;
    for (String other = owner.network().otherContainer();
        other != null;
        other = owner.network().otherContainer()) {
      // No circle: a container names one that was there before it, by its id.
      owner = records.require(other);
    }
    return owner;
  }

  Container require(String nameOrId) throws IOException {
    return records.require(nameOrId);
  }
}
