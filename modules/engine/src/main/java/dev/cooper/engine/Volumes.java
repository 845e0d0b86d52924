package dev.cooper.engine;

import dev.cooper.engine.jsonb.GeneratedJsonComponent;
import dev.cooper.image.CooperException;
import dev.cooper.image.Json;
import dev.cooper.linux.SafePath;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import dev.cooper.store.TreeRemoval;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Volumes: {@code volumes/<name>/_data}, and {@code volume.json} beside it. A volume is there once
 * its {@code _data} is; one without a {@code volume.json} is a named one without labels.
 */
public final class Volumes {
  private static final Jsonb JSONB = Json.builder(new GeneratedJsonComponent()).build();
  private static final String DATA = "_data";
  private static final String RECORD = "volume.json";
  private static final String EMPTY = "empty";

  private final Path root;
  private final Locks locks;

  Volumes(Store store) {
    root = store.volumesDirectory();
    locks = store.locks();
  }

  /**
   * Held from when a container's volumes are chosen until it exists, and by whoever removes a
   * volume since no container uses it: so that neither happens amid the other.
   */
  Locks.Held lockUse() {
    return locks.exclusive("volume use");
  }

  /** A name for a volume that nobody names. */
  public static String newName() {
    return Creation.newId();
  }

  /** The volume's folder as containers see it. */
  public Path data(String name) {
    return root.resolve(name).resolve(DATA);
  }

  /** All volumes, by name. */
  public List<Volume> list() throws IOException {
    List<Volume> volumes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        find(String.valueOf(entry.getFileName())).ifPresent(volumes::add);
      }
    } catch (NoSuchFileException e) {
      // None was ever made.
    }
    volumes.sort(Comparator.comparing(Volume::name));
    return volumes;
  }

  /** The volume of this name. */
  public Optional<Volume> find(String name) throws IOException {
    Path data = ObjectName.isValid(name) ? data(name) : null;
    if (data == null || !Files.isDirectory(data)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSONB
              .type(Volume.class)
              .fromJson(Files.readAllBytes(root.resolve(name).resolve(RECORD))));
    } catch (NoSuchFileException e) {
      String created = Files.getLastModifiedTime(data).toInstant().toString();
      return Optional.of(new Volume(name, created, false, Map.of()));
    }
  }

  /**
   * Makes a volume; one that is there already is left as it is.
   *
   * @throws CooperException.InvalidInput when the name is not well formed
   */
  public Volume create(String name, boolean anonymous, Map<String, String> labels)
      throws IOException {
    if (!ObjectName.isValid(name)) {
      throw new CooperException.InvalidInput(
          "create "
              + name
              + ": \""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
              + " directory, use absolute path");
    }
    Optional<Volume> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Volume volume = new Volume(name, Instant.now().toString(), anonymous, labels);
    Path directory = root.resolve(name);
    Files.createDirectories(root);
    try {
      Files.createDirectory(directory, OwnerOnlyFolder.attribute());
    } catch (FileAlreadyExistsException e) {
      // Half made by a command that was killed: made whole now.
    }
    Files.write(directory.resolve(RECORD), JSONB.type(Volume.class).toJsonBytes(volume));
    Files.writeString(directory.resolve(EMPTY), "");
    try {
      Files.createDirectory(directory.resolve(DATA));
    } catch (FileAlreadyExistsException e) {
      // Another command was faster.
    }
    return volume;
  }

  /** Gives a new volume what the image has at the place where it will be mounted. */
  void fill(String name, Path imageRoot, String target) throws IOException {
    if (!Files.exists(root.resolve(name).resolve(EMPTY))) {
      return;
    }
    if (InsidePath.exists(imageRoot, target)) {
      TreeCopy.contents(SafePath.resolve(imageRoot, target), data(name));
    }
    hasContent(name);
  }

  /** Notes that the volume has its content. */
  void hasContent(String name) throws IOException {
    Files.deleteIfExists(root.resolve(name).resolve(EMPTY));
  }

  /** Removes a volume with everything in it; does nothing when it is not there. */
  void delete(String name) throws IOException {
    if (ObjectName.isValid(name)) {
      TreeRemoval.remove(root.resolve(name));
    }
  }
}
