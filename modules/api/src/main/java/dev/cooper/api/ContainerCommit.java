package dev.cooper.api;

import dev.cooper.builder.run.UpperDirectory;
import dev.cooper.engine.Container;
import dev.cooper.engine.Containers;
import dev.cooper.engine.MountPoint;
import dev.cooper.engine.StillContainer;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Reference;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Layer;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An image of what a container has become: its image's layers, one more of what it changed, and the
 * settings it was made with. What {@code docker commit} makes. What is in its volumes is no part of
 * it.
 *
 * @param author who made it; empty for whoever made the image
 * @param comment what its history says of it; empty for nothing
 * @param changes instructions of a Dockerfile that say how to run it: CMD, ENV and their like
 * @param pause whether a running container stands still meanwhile, so that the layer is of one
 *     moment
 * @param name its name; without, it stays dangling
 */
public record ContainerCommit(
    String author, String comment, List<String> changes, boolean pause, Optional<Reference> name) {
  public ContainerCommit {
    changes = List.copyOf(changes);
    ConfigChanges.check(changes);
  }

  /** Makes the image; after a failure there is none, and the container goes on as before. */
  StoredImage run(Store store, Containers containers, String nameOrId)
      throws IOException, InterruptedException {
    try (Lease lease = store.lease();
        StillContainer still = containers.still(nameOrId, pause)) {
      Container container = still.container();
      Image image = still.image();
      Layer layer = UpperDirectory.write(still.changes(), still.rootBefore(), null, store.blobs());
      List<Descriptor> layers = new ArrayList<>(image.layers());
      List<Digest> diffIds = new ArrayList<>(image.config().rootfs().diffIds());
      if (layer != null) {
        store.indexes().put(layer.diffId(), layer.index());
        layers.add(layer.blob());
        diffIds.add(layer.diffId());
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      List<History> history = new ArrayList<>(image.config().history());
      history.add(
          new History(
              now,
              String.join(" ", container.command()),
              author.isEmpty() ? null : author,
              comment.isEmpty() ? null : comment,
              layer == null ? true : null));
      ImageConfig config =
          image
              .config()
              .withConfig(settings(container, image.config().config()))
              .withCreated(now)
              .withRootfs(RootFs.of(diffIds))
              .withHistory(history);
      if (!author.isEmpty()) {
        config = config.withAuthor(author);
      }
      if (!changes.isEmpty()) {
        config = config.withConfig(ConfigChanges.apply(changes, store, config, layers));
      }
      Descriptor manifest = Image.of(config, layers).writeTo(store.blobs());
      return name.isPresent()
          ? store.images().tag(name.get(), manifest)
          : store.images().add(manifest);
    }
  }

  private static @Nullable String stopSignal(Container container, ContainerConfig image) {
    boolean usual = image.stopSignal() == null && container.stopSignal().equals("SIGTERM");
    return usual ? null : container.stopSignal();
  }

  /** The image's, and those that the container was given without a name. */
  private static TreeSet<String> volumes(Container container) {
    TreeSet<String> volumes = new TreeSet<>(container.volumes());
    for (MountPoint mount : container.mounts()) {
      if (mount.anonymous()) {
        volumes.add(mount.target());
      }
    }
    return volumes;
  }

  /** The image's config with what the container was told otherwise. */
  private static ContainerConfig settings(Container container, ContainerConfig image) {
    Map<String, String> labels = new LinkedHashMap<>(container.labels());
    // A container always has a working directory; an image that names none still names none.
    boolean unnamed = image.workingDir().isEmpty() && container.workingDirectory().equals("/");
    return image
        .withEntrypoint(container.entrypoint())
        .withCmd(container.command())
        .withEnv(container.env())
        .withUser(container.user())
        .withWorkingDir(unnamed ? "" : container.workingDirectory())
        .withExposedPorts(new TreeSet<>(container.exposed()))
        .withVolumes(volumes(container))
        .withStopSignal(stopSignal(container, image))
        // They were for whoever built upon the image; this is not the same one.
        .withOnBuild(List.of())
        .withLabels(labels);
  }
}
