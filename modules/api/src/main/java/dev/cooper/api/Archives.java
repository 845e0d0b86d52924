package dev.cooper.api;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.ArchiveReader;
import dev.cooper.image.archive.ArchivedImage;
import dev.cooper.image.archive.ImageArchive;
import dev.cooper.image.archive.PackedImage;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Images in files, with all their layers and names. */
public final class Archives {
  private final Store store;

  Archives(Store store) {
    this.store = store;
  }

  /**
   * An image that came out of an archive.
   *
   * @param id its id
   * @param names the names that it has now
   * @param renamed names that another image had until now, with that image's id
   */
  public record Loaded(Digest id, List<Reference> names, Map<Reference, Digest> renamed) {
    public Loaded {
      names = List.copyOf(names);
      renamed = Map.copyOf(renamed);
    }
  }

  /**
   * Writes images into one archive, which Docker, Podman and tools for OCI layouts read. An image
   * named by a repository alone goes with all its tags, one named by its id without a name.
   *
   * @throws CooperException.NotFound when there is no such image; then nothing was written
   */
  public void save(List<String> names, OutputStream out) throws IOException {
    try (Lease lease = store.lease()) {
      Map<Descriptor, Set<Reference>> chosen = new LinkedHashMap<>();
      for (String name : names) {
        choose(name, chosen);
      }
      List<ImageArchive.Entry> images = new ArrayList<>();
      for (Map.Entry<Descriptor, Set<Reference>> each : chosen.entrySet()) {
        images.add(
            new ImageArchive.Entry(
                PackedImage.unchanged(store.blobs(), each.getKey()), List.copyOf(each.getValue())));
      }
      ImageArchive.write(images, ImageArchive.Form.DOCKER, out);
    }
  }

  private void choose(String name, Map<Descriptor, Set<Reference>> chosen) throws IOException {
    Optional<Reference> repository = repository(name);
    boolean found = false;
    if (repository.isPresent()) {
      for (StoredImage image : store.images().list()) {
        for (Reference tag : image.names()) {
          if (tag.repository().equals(repository.get().repository())) {
            chosen.computeIfAbsent(image.target(), key -> new LinkedHashSet<>()).add(tag);
            found = true;
          }
        }
      }
    }
    if (found) {
      return;
    }
    StoredImage image =
        store
            .images()
            .resolve(name)
            .orElseThrow(() -> new CooperException.NotFound("No such image: " + name));
    Set<Reference> tags = chosen.computeIfAbsent(image.target(), key -> new LinkedHashSet<>());
    image.names().stream().filter(tag -> isNamedBy(tag, name)).forEach(tags::add);
  }

  /** The repository that a name without tag and digest means; empty for any other text. */
  private static Optional<Reference> repository(String name) {
    boolean whole = name.indexOf('@') >= 0 || name.lastIndexOf(':') > name.lastIndexOf('/');
    if (whole || Digest.isDigest("sha256:" + name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Reference.parse(name));
    } catch (CooperException.InvalidInput e) {
      return Optional.empty();
    }
  }

  private static boolean isNamedBy(Reference tag, String name) {
    try {
      return tag.equals(Reference.parse(name));
    } catch (CooperException.InvalidInput e) {
      return false;
    }
  }

  /**
   * Keeps the images of an archive, plain or packed, that {@link #save}, Docker, Podman or a tool
   * for OCI layouts wrote. The stream stays open.
   *
   * @throws CooperException.Corrupt when the archive is damaged; then no image was kept
   * @throws CooperException.InvalidInput when it is no archive of images
   */
  public List<Loaded> load(InputStream archive) throws IOException {
    try (Lease lease = store.lease()) {
      List<Loaded> loaded = new ArrayList<>();
      for (ArchivedImage image :
          ArchiveReader.read(archive, store.blobs(), store.blobs(), store.indexes())) {
        loaded.add(keep(image));
      }
      return loaded;
    }
  }

  private Loaded keep(ArchivedImage image) throws IOException {
    if (image.names().isEmpty()) {
      return new Loaded(store.images().add(image.target()).id(), List.of(), Map.of());
    }
    Map<Reference, Digest> renamed = new LinkedHashMap<>();
    Digest id = null;
    for (Reference name : image.names()) {
      Optional<StoredImage> before = store.images().find(name);
      StoredImage now = store.images().tag(name, image.target());
      if (before.isPresent() && !before.get().id().equals(now.id())) {
        renamed.put(name, before.get().id());
      }
      id = now.id();
    }
    if (id == null) {
      throw new IllegalStateException("an image without names");
    }
    return new Loaded(id, image.names(), renamed);
  }
}
