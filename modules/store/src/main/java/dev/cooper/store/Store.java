package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.Index;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that Cooper keeps, below one directory.
 *
 * <p>The directory is an OCI image layout (image-spec, image-layout.md): {@code oci-layout}, {@code
 * index.json} and {@code blobs/}, which other tools read in place. Beside them lie things that a
 * layout does not know: unpacked layers and tables of contents (caches of the blobs), the build
 * cache, containers, networks and volumes.
 *
 * <p>Any number of processes and threads may use a store at once. Files are replaced as a whole,
 * under locks that die with their holder, so that a process may be killed at any instant: the next
 * command finds the state before or after each change, and needs no repair. What a machine that
 * stops may lose, and how that is noticed, is told in {@link Durability}.
 *
 * <p>The life of an image here: hold a {@link #lease}; write layers, config and manifest to {@link
 * #blobs}; give the manifest a name with {@link Images#tag}; let the lease go. From then on it is
 * kept until {@link Images#remove} takes its last name, and {@link #collect} reclaims what nothing
 * leads to any more.
 */
public final class Store implements Closeable {
  private static final byte[] LAYOUT_VERSION =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.US_ASCII);

  private final Layout layout;
  private final Locks locks;
  private final Blobs blobs;
  private final LayerIndexes indexes;
  private final Images images;
  private final UnpackedLayers layers;

  private Store(Layout layout, Locks locks) {
    this.layout = layout;
    this.locks = locks;
    blobs = new Blobs(layout, locks);
    indexes = new LayerIndexes(layout, blobs);
    images = new Images(new ImageIndex(layout, locks), blobs, indexes);
    layers = new UnpackedLayers(layout, locks, blobs);
  }

  /**
   * Opens the store at {@code root}, and makes it when there is none. The first to open it after
   * the machine was started looks through what was not safely on the disk when it stopped.
   *
   * @throws CooperException.Failed when it cannot be made or written to
   * @throws CooperException.InvalidInput when the directory holds something that is not a store
   */
  public static Store open(Path root) {
    Layout layout = new Layout(root.toAbsolutePath().normalize());
    try {
      create(layout);
      Store store = new Store(layout, Locks.in(layout.locks()));
      new BootCheck(layout, store.locks, store.blobs).run();
      return store;
    } catch (IOException e) {
      throw StoreFailures.explainOpening(e, layout);
    }
  }

  private static void create(Layout layout) throws IOException {
    String version;
    try {
      version = Files.readString(layout.layoutFile());
    } catch (NoSuchFileException e) {
      version = null;
    }
    if (version == null) {
      if (!Files.exists(layout.temporary()) && !Layout.entries(layout.root()).isEmpty()) {
        throw new CooperException.InvalidInput(
            layout.root() + " is not a store: it holds other files",
            "give --root an empty directory, or one that does not exist");
      }
      Path above = layout.root().getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      createDirectory(layout.root(), OwnerOnly.passage());
      // First, since it tells a store that was only half made from a directory of other things.
      createPrivate(layout.temporary());
      createPrivate(layout.blobs());
      Files.createDirectories(layout.blobs().resolve("sha256"));
      for (Path directory :
          List.of(
              layout.layers(),
              layout.tablesOfContents(),
              layout.cache(),
              layout.containers(),
              layout.networks(),
              layout.volumes())) {
        createPrivate(directory);
      }
      if (!Files.exists(layout.index())) {
        Durability.replace(layout.index(), Index.of(List.of()).toJson(), layout.temporary());
      }
      // Last, since it says that all is there.
      Durability.replace(layout.layoutFile(), LAYOUT_VERSION, layout.temporary());
    } else if (!version.contains("imageLayoutVersion")) {
      throw new CooperException.InvalidInput(
          layout.layoutFile() + " is not an OCI image layout's", "choose another --root");
    }
  }

  private static void createPrivate(Path directory) throws IOException {
    createDirectory(directory, OwnerOnly.directory());
  }

  private static void createDirectory(Path directory, FileAttribute<?>[] attributes)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      try {
        Files.createDirectory(directory, attributes);
      } catch (FileAlreadyExistsException e) {
        // Another process was faster.
      }
    }
  }

  /** The directory of the store, absolute. */
  public Path root() {
    return layout.root();
  }

  /** The blobs, to read and to write. */
  public Blobs blobs() {
    return blobs;
  }

  /** The images by name and id. */
  public Images images() {
    return images;
  }

  /** Layers as directories, for an overlay mount. */
  public UnpackedLayers layers() {
    return layers;
  }

  /** Layers' tables of contents. */
  public LayerIndexes indexes() {
    return indexes;
  }

  /** Named locks shared by all processes that use this store. */
  public Locks locks() {
    return locks;
  }

  /** The build cache's directory. */
  public Path cacheDirectory() {
    return layout.cache();
  }

  /**
   * Where others may keep what they learnt of layers: one file a layer, named by the hex digits of
   * its diff id. It goes when the collector removes the layer's table of contents, and so does
   * anything else in there.
   */
  public Path layerFactsDirectory() {
    return layout.layerFacts();
  }

  /** The containers' directory. */
  public Path containersDirectory() {
    return layout.containers();
  }

  /** The networks' directory. */
  public Path networksDirectory() {
    return layout.networks();
  }

  /** The volumes' directory. */
  public Path volumesDirectory() {
    return layout.volumes();
  }

  /** Holds off the garbage collector; waits while it is at work. */
  public Lease lease() {
    return new Lease(locks.shared(Layout.LEASE), layout.temporary());
  }

  /**
   * Removes blobs, unpacked layers and tables that no name and none of {@code roots} leads to, and
   * what processes that died left in {@code tmp}. Killed half-way, it has removed some of it.
   *
   * @return what was removed; empty when it did nothing because somebody holds a lease
   * @throws CooperException.Corrupt when index.json is damaged; then nothing was removed
   */
  public Optional<Collected> collect(GarbageRoots roots) throws IOException {
    Optional<Locks.Held> alone = locks.tryExclusive(Layout.LEASE);
    if (alone.isEmpty()) {
      return Optional.empty();
    }
    try (Locks.Held held = alone.get()) {
      return Optional.of(new GarbageCollection(layout, blobs, images).run(roots));
    }
  }

  /** Compares every blob with its digest, and returns those that are damaged. */
  public List<Digest> damagedBlobs() throws IOException {
    try (Lease lease = lease()) {
      List<Digest> damaged = new ArrayList<>();
      for (Digest digest : blobs.all()) {
        try {
          blobs.verify(digest);
        } catch (CooperException.Corrupt e) {
          damaged.add(digest);
        }
      }
      return damaged;
    }
  }

  /** Does nothing today but end the store's use; leases have to be closed by their holders. */
  @Override
  public void close() {}
}
