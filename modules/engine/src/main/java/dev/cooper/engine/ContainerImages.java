package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.store.ChainIds;
import dev.cooper.store.GarbageRoots;
import dev.cooper.store.ImageUsers;
import dev.cooper.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that containers are of: who uses which, and that none is thrown away that one is of.
 */
public final class ContainerImages implements ImageUsers, GarbageRoots {
  private final Store store;
  private final ContainerRecords records;

  ContainerImages(Store store, ContainerRecords records) {
    this.store = store;
    this.records = records;
  }

  /**
   * The image of a container.
   *
   * @throws CooperException.NotFound when it is gone all the same
   */
  Image of(Container container) throws IOException {
    Optional<Descriptor> manifest = manifest(container);
    if (manifest.isEmpty()) {
      throw new CooperException.NotFound(
          "the image " + container.imageName() + " of container " + container.name() + " is gone");
    }
    return Image.read(store.blobs(), manifest.get(), Platform.parse(container.platform()));
  }

  private Optional<Descriptor> manifest(Container container) throws IOException {
    Digest digest = Digest.parse(container.manifest());
    return store.blobs().contains(digest)
        ? Optional.of(
            new Descriptor(
                MediaTypes.OCI_MANIFEST, digest, store.blobs().size(digest), Map.of(), null))
        : Optional.empty();
  }

  /** The directories of its layers, bottom first; empty when one is not unpacked. */
  List<Path> layers(Container container) throws IOException {
    List<Path> directories = new ArrayList<>();
    for (Digest chain : ChainIds.of(of(container).diffIds())) {
      Optional<Path> directory = store.layers().find(chain);
      if (directory.isEmpty()) {
        return List.of();
      }
      directories.add(directory.get());
    }
    return directories;
  }

  /** The bytes of the files of all its layers. */
  long size(Container container) throws IOException {
    Image image = of(container);
    long sum = 0;
    for (int i = 0; i < image.layers().size(); i++) {
      sum += store.indexes().sizeOfFiles(image.layers().get(i), image.diffIds().get(i));
    }
    return sum;
  }

  @Override
  public List<User> of(Digest imageId) {
    try {
      List<User> users = new ArrayList<>();
      for (String id : records.ids()) {
        Optional<Container> container = readable(id);
        if (container.isPresent() && container.get().imageId().equals(imageId.toString())) {
          users.add(new User(id, Liveness.state(records, id).running()));
        }
      }
      return users;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Container> readable(String id) throws IOException {
    try {
      return records.read(id);
    } catch (CooperException.Corrupt e) {
      // Whoever names it is told; the others must not suffer for it.
      return Optional.empty();
    }
  }

  /** Keeps the images of all containers, so that a stopped one can be started again. */
  @Override
  public void mark(Marker marker) throws IOException {
    for (String id : records.ids()) {
      Optional<Container> container = records.read(id);
      if (container.isPresent()) {
        Optional<Descriptor> manifest = manifest(container.get());
        if (manifest.isPresent()) {
          marker.image(manifest.get());
        }
      }
    }
  }
}
