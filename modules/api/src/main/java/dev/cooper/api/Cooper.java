package dev.cooper.api;

import dev.cooper.builder.BuildCache;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.Builder;
import dev.cooper.builder.ImagePublisher;
import dev.cooper.builder.StepCache;
import dev.cooper.builder.StoredImages;
import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.engine.Containers;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.registry.LayerProgress;
import dev.cooper.store.Collected;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Cooper does, on one folder of images and containers.
 *
 * {@snippet :
 * try (Cooper cooper = Cooper.open(Path.of("/var/lib/cooper"))) {
 *   cooper.images().tag("minios", "minios:1.0");
 *   cooper.containers().create(ContainerRequest.of("minios", "/bin/sh"));
 * }
 * }
 *
 * <p>Any number of processes may open the same folder at once. Opening is cheap; each room is
 * entered when it is first asked for.
 */
public final class Cooper implements Closeable {
  private final Store store;
  private @Nullable Containers containers;

  private Cooper(Store store) {
    this.store = store;
  }

  /**
   * Opens the folder, and makes it when there is none.
   *
   * @throws dev.cooper.image.CooperException when it cannot be made, or holds something else
   */
  public static Cooper open(Path root) {
    return new Cooper(Store.open(root));
  }

  /** The folder. */
  public Path root() {
    return store.root();
  }

  /** The rooms below, for those who build on them. */
  public Store store() {
    return store;
  }

  public LocalImages images() {
    return new LocalImages(store, () -> containers().images());
  }

  /** What images, containers, volumes and the build cache take of the disk. */
  public List<DiskUsage> diskUsage() throws IOException {
    return DiskUsage.of(store, containers(), buildCache());
  }

  /** Images in files. */
  public Archives archives() {
    return new Archives(store);
  }

  /** Images in registries. */
  public Registries registries() {
    return new Registries(store, System.getenv());
  }

  /**
   * Makes an image of a file system's tar, plain or packed; the stream stays open.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when it is no tar; then there is no image
   */
  public StoredImage importTar(InputStream tar, TarImport image)
      throws IOException, InterruptedException {
    return image.run(store, tar);
  }

  /**
   * Makes an image of what a container has become.
   *
   * @throws dev.cooper.image.CooperException.NotFound when there is no such container, or its image
   *     is gone
   */
  public StoredImage commit(String container, ContainerCommit commit)
      throws IOException, InterruptedException {
    return commit.run(store, containers(), container);
  }

  /** Builds images, on base images that are here. */
  public Builder builder() {
    return new Builder(store, new StoredImages(store));
  }

  /** What builds keep for later builds. */
  public BuildCache buildCache() {
    return new BuildCache(store, containers().images());
  }

  /**
   * Keeps the build cache within {@link CacheLimit}, and gives the disk back what that removed. To
   * be called after builds; costs little while the cache is smaller.
   */
  public void trimBuildCache(CacheLimit limit) throws IOException {
    if (!buildCache().trim(limit.bytes(store.root())).ids().isEmpty()) {
      long _ = reclaim();
    }
  }

  /**
   * Builds images, and brings base images that are not here, or all of them where a build asks for
   * it.
   *
   * @param puller brings an image and may tell about it
   */
  public Builder builder(Puller puller) {
    return builder(puller, name -> registries().push(name, LayerProgress.NONE));
  }

  /**
   * As {@link #builder(Puller)}.
   *
   * @param publisher sends what a build wants pushed, with {@link Registries#push}, and may tell
   *     about it
   */
  public Builder builder(Puller puller, ImagePublisher publisher) {
    return new Builder(store, new PulledImages(store, puller), publisher);
  }

  /**
   * Builds an image again, without anything that earlier builds left, and compares what comes out.
   * Nothing of it stays: no image, no name, no results for later builds.
   *
   * @param nameOrId the image, which has to be here
   * @param request what it was built from; its tags and outputs are left aside
   * @param puller brings an image and may tell about it
   * @throws dev.cooper.image.CooperException.NotFound when there is no such image, or it is not for
   *     the request's platforms
   */
  public Verification verify(
      String nameOrId, BuildRequest request, BuildProgress progress, Puller puller)
      throws IOException, InterruptedException {
    try {
      return Verification.of(store, builder(puller), images().require(nameOrId), request, progress);
    } finally {
      long _ = reclaim();
    }
  }

  /** Brings an image that a build names, with {@link Registries#pull}. */
  @FunctionalInterface
  public interface Puller {
    void pull(Reference name, @Nullable Platform platform) throws IOException;
  }

  public synchronized Containers containers() {
    if (containers == null) {
      containers = Containers.in(store);
    }
    return containers;
  }

  public Disks disks() {
    return new Disks(store);
  }

  /**
   * What {@code docker inspect} says of a container, in its shape.
   *
   * @throws dev.cooper.image.CooperException.NotFound {@code No such container: x}
   */
  public Map<String, Object> document(Containers.Status status) throws IOException {
    String id = status.container().id();
    List<String> layers = new ArrayList<>();
    for (Path layer : containers().layers(id)) {
      layers.add(layer.toString());
    }
    return ContainerDocument.of(status, containers().folder(id), layers);
  }

  /**
   * Removes from the disk what no name, container or build cache needs, and from the host what
   * builds and containers left whose process was killed.
   *
   * @return the bytes it gave; 0 when another command is at work on images
   */
  public long reclaim() throws IOException {
    BuildNetwork.disconnectDead(store);
    containers().cleanUpDead();
    Optional<Collected> collected = store.collect(containers().images().and(new StepCache(store)));
    return collected.isPresent() ? collected.get().bytes() : 0;
  }

  @Override
  public void close() {
    store.close();
  }
}
