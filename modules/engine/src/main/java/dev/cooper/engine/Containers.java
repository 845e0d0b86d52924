package dev.cooper.engine;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import dev.cooper.store.GarbageRoots;
import dev.cooper.store.ImageUsers;
import dev.cooper.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers of one store.
 *
 * <p>Every method takes a container by its id, name, or the beginning of its id, and throws {@code
 * NotFound} ("No such container: x") when there is none.
 */
public final class Containers implements ImageUsers, GarbageRoots {
  private final Store store;
  private final ContainerRecords records;

  private Containers(Store store) {
    this.store = store;
    this.records = new ContainerRecords(store);
  }

  /** The containers of {@code store}; touches nothing yet. */
  public static Containers in(Store store) {
    return new Containers(store);
  }

  /** A container and how it fares now. */
  public record Status(Container container, ContainerState state) {}

  /** All containers, newest first. */
  public List<Status> list() throws IOException {
    List<Status> list = new ArrayList<>();
    for (String id : records.ids()) {
      Optional<Container> container = records.read(id);
      if (container.isPresent()) {
        list.add(new Status(container.get(), Liveness.state(records, id)));
      }
    }
    list.sort(Comparator.comparing((Status status) -> status.container().created()).reversed());
    return list;
  }

  /** The container, and how it fares now. */
  public Status require(String nameOrId) throws IOException {
    Container container = records.require(nameOrId);
    return new Status(container, Liveness.state(records, container.id()));
  }

  /** As {@link #require}, empty when there is none. */
  public Optional<Status> find(String nameOrId) throws IOException {
    Optional<Container> container = records.find(nameOrId);
    return container.isEmpty()
        ? Optional.empty()
        : Optional.of(new Status(container.get(), Liveness.state(records, container.get().id())));
  }

  /**
   * Makes a container, which is not started.
   *
   * @throws dev.cooper.image.CooperException.NotFound {@code No such image: x}
   * @throws dev.cooper.image.CooperException.Conflict when the name is in use
   * @throws dev.cooper.image.CooperException.InvalidInput for what cannot be
   */
  public Container create(ContainerRequest request) throws IOException {
    return new Creation(store, records, new Volumes(store)).create(request);
  }

  /** The volumes that containers share. */
  public Volumes volumes() {
    return new Volumes(store);
  }

  /** Gives a container another name. */
  public void rename(String nameOrId, String name) throws IOException {
    Container container = records.require(nameOrId);
    String wanted = name.startsWith("/") ? name.substring(1) : name;
    if (wanted.isEmpty()) {
      throw new dev.cooper.image.CooperException.InvalidInput(
          "Error when allocating new name: name cannot be empty");
    }
    if (container.name().equals(wanted)) {
      throw new dev.cooper.image.CooperException.InvalidInput(
          "Renaming a container with the same name as its current name");
    }
    try (var held = records.lock(container.id())) {
      records.claim(wanted, container.id());
      records.write(container.withName(wanted));
      records.release(container.name(), container.id());
    }
  }

  @Override
  public List<User> of(Digest imageId) {
    try {
      List<User> users = new ArrayList<>();
      for (Status status : list()) {
        if (status.container().imageId().equals(imageId.toString())) {
          users.add(new User(status.container().id(), status.state().running()));
        }
      }
      return users;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the images of all containers, so that a stopped one can be started again. */
  @Override
  public void mark(Marker marker) throws IOException {
    for (String id : records.ids()) {
      Optional<Container> container = records.read(id);
      if (container.isPresent()) {
        Digest manifest = Digest.parse(container.get().manifest());
        if (store.blobs().contains(manifest)) {
          marker.image(
              new Descriptor(
                  MediaTypes.OCI_MANIFEST, manifest, store.blobs().size(manifest), Map.of(), null));
        }
      }
    }
  }
}
