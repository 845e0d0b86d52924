package dev.cooper.engine;

import dev.cooper.engine.jsonb.GeneratedJsonComponent;
import dev.cooper.image.CooperException;
import dev.cooper.image.Json;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import dev.cooper.store.TreeRemoval;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Containers on disk: {@code containers/<id>/container.json} and {@code state.json}, and {@code
 * containers/names/<name>}, which holds the id and so makes names unique.
 *
 * <p>A container exists once its {@code container.json} does; it is written last and removed first.
 * A name whose container does not exist is free. Thus a process may be killed at any instant.
 */
final class ContainerRecords {
  private static final int ID_LENGTH = 64;
  private static final Jsonb JSONB = Json.builder(new GeneratedJsonComponent()).build();

  private final Path root;
  private final Path names;
  private final Locks locks;

  ContainerRecords(Store store) {
    root = store.containersDirectory();
    names = root.resolve("names");
    locks = store.locks();
  }

  ContainerFolder folder(String id) {
    return new ContainerFolder(root.resolve(id));
  }

  /** Held by whoever starts, ends or removes this container. */
  Locks.Held lock(String id) {
    return locks.exclusive("container " + id);
  }

  Optional<Locks.Held> tryLock(String id) {
    return locks.tryExclusive("container " + id);
  }

  /** A folder without a container in it yet; whoever is killed now leaves it to {@link #sweep}. */
  ContainerFolder begin(String id) throws IOException {
    ContainerFolder folder = folder(id);
    Files.createDirectories(names);
    Files.createDirectory(folder.path(), OwnerOnlyFolder.attribute());
    return folder;
  }

  /** Makes the container exist. */
  void commit(Container container, ContainerState state) throws IOException {
    write(folder(container.id()).state(), JSONB.type(ContainerState.class).toJsonBytes(state));
    write(container);
  }

  void write(Container container) throws IOException {
    write(folder(container.id()).container(), JSONB.type(Container.class).toJsonBytes(container));
  }

  /** Replaces the state; the caller holds {@link #lock}. */
  void write(String id, ContainerState state) throws IOException {
    write(folder(id).state(), JSONB.type(ContainerState.class).toJsonBytes(state));
  }

  /** The container; empty when there is none. */
  Optional<Container> read(String id) throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(folder(id).container());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(parse(Container.class, json, folder(id).container()));
  }

  /** The state as last written; whether the container still runs is for {@link Liveness} to say. */
  ContainerState readState(String id) throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(folder(id).state());
    } catch (NoSuchFileException e) {
      return ContainerState.NEW;
    }
    return parse(ContainerState.class, json, folder(id).state());
  }

  private static <T> T parse(Class<T> type, byte[] json, Path file) {
    try {
      return JSONB.type(type).fromJson(json);
    } catch (JsonException | NullPointerException | IndexOutOfBoundsException e) {
      throw new CooperException.Corrupt(
          file + " is damaged", "remove the folder " + file.getParent() + " to forget it", e);
    }
  }

  private void write(Path file, byte[] json) throws IOException {
    // Not flushed: a machine that stops ends every container anyway, and waiting for the disk at
    // each change would double the time that a short command takes.
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, json);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Every container's id, in no order. */
  List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.length() == ID_LENGTH) {
          ids.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever made.
    }
    return ids;
  }

  /**
   * The container that a user means: by name, by id, or by the first digits of its id.
   *
   * @throws CooperException.NotFound {@code No such container: x}
   * @throws CooperException.InvalidInput when several ids begin so
   */
  Container require(String nameOrId) throws IOException {
    Optional<Container> found = find(nameOrId);
    if (found.isPresent()) {
      return found.get();
    }
    throw new CooperException.NotFound("No such container: " + nameOrId);
  }

  /** As {@link #require}, empty when there is none. */
  Optional<Container> find(String nameOrId) throws IOException {
    String wanted = nameOrId.startsWith("/") ? nameOrId.substring(1) : nameOrId;
    if (isHexadecimal(wanted) && wanted.length() == ID_LENGTH) {
      return read(wanted);
    }
    String named = idOf(wanted);
    if (named != null) {
      return read(named);
    }
    if (wanted.isEmpty() || wanted.length() > ID_LENGTH || !isHexadecimal(wanted)) {
      return Optional.empty();
    }
    Container found = null;
    for (String id : ids()) {
      if (id.startsWith(wanted)) {
        Optional<Container> container = read(id);
        if (container.isPresent()) {
          if (found != null) {
            throw new CooperException.InvalidInput(
                "Multiple IDs found with provided prefix: " + wanted);
          }
          found = container.get();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** The id of the container of this name; null when there is none. */
  @Nullable String idOf(String name) throws IOException {
    if (!ObjectName.isValid(name)) {
      return null;
    }
    try {
      String id = Files.readString(names.resolve(name)).strip();
      return id.length() == ID_LENGTH && Files.exists(folder(id).container()) ? id : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Takes a name for a container that is being made, or that changes its name.
   *
   * @throws CooperException.Conflict when another container has it
   * @throws CooperException.InvalidInput when it is not well formed
   */
  void claim(String name, String id) throws IOException {
    if (!ObjectName.isValid(name)) {
      throw new CooperException.InvalidInput(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    String holder = tryClaim(name, id);
    if (holder != null) {
      throw new CooperException.Conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + holder
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  /** Takes a random name that is free. */
  String claimRandom(String id) throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int tries = 0; ; tries++) {
      String name = RandomNames.next(random, tries);
      if (tryClaim(name, id) == null) {
        return name;
      }
    }
  }

  /** Null once the name is taken for {@code id}, else the id of the container that has it. */
  private @Nullable String tryClaim(String name, String id) throws IOException {
    Files.createDirectories(names);
    Path file = names.resolve(name);
    try (Locks.Held held = locks.exclusive("container names")) {
      String holder;
      try {
        holder = Files.readString(file).strip();
      } catch (NoSuchFileException e) {
        holder = "";
      }
      if (holder.equals(id)) {
        return null;
      }
      if (holder.length() == ID_LENGTH && Files.isDirectory(folder(holder).path())) {
        if (Files.exists(folder(holder).container())) {
          return holder;
        }
        Optional<Locks.Held> alone = tryLock(holder);
        if (alone.isEmpty()) {
          return holder; // it is being made at this moment
        }
        try (Locks.Held made = alone.get()) {
          if (Files.exists(folder(holder).container())) {
            return holder; // it was made between the two looks
          }
        }
      }
      Files.writeString(file, id);
      return null;
    }
  }

  /** Gives a name up if this container has it. */
  void release(String name, String id) throws IOException {
    try (Locks.Held held = locks.exclusive("container names")) {
      Path file = names.resolve(name);
      try {
        if (Files.readString(file).strip().equals(id)) {
          Files.delete(file);
        }
      } catch (NoSuchFileException e) {
        // Given up already.
      }
    }
  }

  /** Forgets a container and removes its files; the caller holds {@link #lock}. */
  void remove(String id, String name) throws IOException {
    ContainerFolder folder = folder(id);
    Files.deleteIfExists(folder.container());
    release(name, id);
    TreeRemoval.remove(folder.path());
  }

  /** Removes folders that never became containers, or ceased to be and were not all removed. */
  void sweep() throws IOException {
    for (String id : ids()) {
      if (!Files.exists(folder(id).container())) {
        Optional<Locks.Held> alone = tryLock(id);
        if (alone.isPresent()) {
          try (Locks.Held held = alone.get()) {
            if (!Files.exists(folder(id).container())) {
              TreeRemoval.remove(folder(id).path());
            }
          }
        }
      }
    }
  }

  private static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
