package dev.cooper.api;

import dev.cooper.base.BaseImage;
import dev.cooper.builder.StepCache;
import dev.cooper.engine.ContainerImages;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.image.tree.TreeArchive;
import dev.cooper.store.Lease;
import dev.cooper.store.Removal;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The images that are here: to list, look into, name and remove. */
public final class LocalImages {
  private final Store store;
  private final Supplier<ContainerImages> users;

  LocalImages(Store store, Supplier<ContainerImages> users) {
    this.store = store;
    this.users = users;
  }

  /** Every image, newest first. */
  public List<StoredImage> list() throws IOException {
    return store.images().list();
  }

  /** The image that a name, an id or the beginning of an id means. */
  public Optional<StoredImage> find(String nameOrId) throws IOException {
    return store.images().resolve(nameOrId);
  }

  /**
   * As {@link #find}, of an image that has to be there.
   *
   * @throws dev.cooper.image.CooperException.NotFound {@code No such image: x}
   */
  public StoredImage require(String nameOrId) throws IOException {
    return store.images().require(nameOrId);
  }

  /**
   * Makes a base image and keeps it.
   *
   * @param name its name, which it takes from the image that had it; without, it stays dangling
   * @param created when it was made, as it will say itself
   */
  public StoredImage keep(BaseImage base, Optional<Reference> name, Instant created)
      throws IOException {
    try (Lease lease = store.lease()) {
      BaseImage.Written written = base.writeTo(store.blobs(), created);
      store.indexes().put(written.layer().diffId(), written.layer().index());
      return name.isPresent()
          ? store.images().tag(name.get(), written.manifest())
          : store.images().add(written.manifest());
    }
  }

  /** Its manifest and config. */
  public Image read(StoredImage image) throws IOException {
    return store.images().read(image);
  }

  /** How it was made, newest step first. */
  public List<HistoryStep> history(String nameOrId) throws IOException {
    StoredImage stored = require(nameOrId);
    Image image = read(stored);
    List<HistoryStep> steps = new ArrayList<>();
    int layer = 0;
    int told = 0;
    for (History step : image.config().history()) {
      long size = 0;
      if (!step.isEmptyLayer() && layer < image.layers().size()) {
        size = store.indexes().sizeOfFiles(image.layers().get(layer), image.diffIds().get(layer));
        layer++;
      }
      told++;
      steps.add(
          new HistoryStep(
              told == image.config().history().size() ? Optional.of(stored.id()) : Optional.empty(),
              Optional.ofNullable(step.created()),
              text(step.createdBy()),
              size,
              text(step.comment())));
    }
    // Layers that no step tells of: an image made by a tool that keeps no history.
    for (; layer < image.layers().size(); layer++) {
      long size =
          store.indexes().sizeOfFiles(image.layers().get(layer), image.diffIds().get(layer));
      steps.add(
          new HistoryStep(
              layer + 1 == image.layers().size() ? Optional.of(stored.id()) : Optional.empty(),
              stored.created(),
              "",
              size,
              ""));
    }
    return steps.reversed();
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * Looks into an image: its layers, its files, what will not work. Nothing of the image is removed
   * from the disk until the answer is closed.
   */
  public ExploredImage explore(String nameOrId) throws IOException {
    Lease lease = store.lease();
    try {
      return ExploredImage.open(store.blobs(), read(require(nameOrId)), store.indexes())
          .closing(lease);
    } catch (Throwable e) {
      lease.close();
      throw e;
    }
  }

  /** Where what is learnt from layers' files is kept. */
  public FactsCache facts() {
    return new StoredFacts(store.layerFactsDirectory());
  }

  /** What {@code docker image inspect} says, in its shape. */
  public Map<String, Object> document(StoredImage stored) throws IOException {
    return ImageDocument.of(stored, read(stored));
  }

  /**
   * Gives an image another name.
   *
   * @throws dev.cooper.image.CooperException.InvalidInput for a name that is not well formed
   */
  public void tag(String source, String target) throws IOException {
    try (Lease lease = store.lease()) {
      Reference name = Reference.parse(target);
      if (name.digest() != null) {
        throw new dev.cooper.image.CooperException.InvalidInput(
            "refusing to create a tag with a digest reference");
      }
      Descriptor image = require(source).target();
      store.images().tag(name, image);
    }
  }

  /**
   * Takes a name away, and the image with its last name. What nothing needs any more is removed
   * from the disk, unless another command is at work on images.
   */
  public Removal remove(String nameOrId, boolean force) throws IOException {
    ContainerImages users = this.users.get();
    return store.images().remove(nameOrId, force, users, users.and(new StepCache(store)));
  }

  /**
   * Writes an image's merged file system as a tar. Reads its blobs only: needs neither root nor
   * unpacked layers.
   */
  public void export(String nameOrId, OutputStream out) throws IOException {
    try (ImageTree files =
        ImageTree.open(store.blobs(), read(require(nameOrId)), store.indexes())) {
      TreeArchive.write(files, out);
    }
  }

  /** The images that no name leads to, or with {@code all} those that no container uses. */
  public List<StoredImage> unused(boolean all) throws IOException {
    List<StoredImage> unused = new ArrayList<>();
    for (StoredImage image : list()) {
      if ((all || image.dangling()) && users.get().of(image.id()).isEmpty()) {
        unused.add(image);
      }
    }
    return unused;
  }

  /** One step of how an image was made. */
  public record HistoryStep(
      Optional<Digest> image,
      Optional<java.time.Instant> created,
      String createdBy,
      long size,
      String comment) {}
}
