package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images in the store, by name and by id. A name leads to one image; an image may have any
 * number of names, or none, which Docker shows as {@code <none>} and calls dangling.
 */
public final class Images {
  private final ImageIndex index;
  private final Blobs blobs;
  private final ImageReading reading;

  Images(ImageIndex index, Blobs blobs, LayerIndexes indexes) {
    this.index = index;
    this.blobs = blobs;
    this.reading = new ImageReading(blobs, indexes);
  }

  /** Every image, newest first; images of the same age by id. Damaged ones say so. */
  public List<StoredImage> list() throws IOException {
    return Listing.of(index.entries(), reading).images();
  }

  /**
   * The image that a user means by a name, a full id or digest ({@code sha256:…}), or the first
   * digits of an id; looked for in this order.
   *
   * @throws CooperException.InvalidInput when several ids begin so, or the text can be neither name
   *     nor id
   */
  public Optional<StoredImage> resolve(String nameOrId) throws IOException {
    return Listing.of(index.entries(), reading).resolve(nameOrId);
  }

  /**
   * As {@link #resolve}, of an image that has to be there.
   *
   * @throws CooperException.NotFound {@code No such image: x}, when it is not
   */
  public StoredImage require(String nameOrId) throws IOException {
    return resolve(nameOrId).orElseThrow(() -> noSuchImage(nameOrId));
  }

  /** The image of this name; a name with a digest leads to what was pulled by it. */
  public Optional<StoredImage> find(Reference name) throws IOException {
    return Listing.of(index.entries(), reading).byName(name);
  }

  /**
   * Manifest and config of an image; of one for several platforms those for this machine, or, when
   * there are none, the first that are in the store.
   *
   * @throws CooperException.NotFound when a document is not in the store
   * @throws CooperException.Corrupt when one is damaged
   */
  public Image read(StoredImage image) throws IOException {
    return reading.image(image.target());
  }

  /** {@link #require} and {@link #read} together. */
  public Image require(Reference name) throws IOException {
    return read(find(name).orElseThrow(() -> noSuchImage(name.familiar())));
  }

  /**
   * Gives an image a name, taking it from the image that had it, if any; that one stays, dangling
   * when it was its last. Once this returns, the image and its name outlive a machine that stops.
   *
   * @param name with a tag; or with a digest, to remember what an image was pulled by
   * @param target the manifest or index; it and all it leads to is in the store, held by a lease
   * @throws CooperException.NotFound when something of the image is not in the store
   */
  public StoredImage tag(Reference name, Descriptor target) throws IOException {
    return add(name, target);
  }

  /** Keeps an image without a name, as a build without {@code -t} does; else as {@link #tag}. */
  public StoredImage add(Descriptor target) throws IOException {
    return add(null, target);
  }

  private StoredImage add(@Nullable Reference name, Descriptor target) throws IOException {
    Descriptor described = reading.describe(target);
    blobs.seal(reading.closure(target));
    index.update(before -> IndexEntries.add(before, name, described));
    StoredImage image = Listing.of(index.entries(), reading).byTarget(target.digest());
    if (image == null) {
      throw new CooperException.Conflict(
          "the image was removed by another command while it was being named");
    }
    return image;
  }

  /**
   * Takes a name away. The image stays, dangling if that was its last name.
   *
   * @return whether there was such a name
   */
  public boolean untag(Reference name) throws IOException {
    boolean[] found = new boolean[1];
    index.update(
        before -> {
          List<Descriptor> after = IndexEntries.withoutName(before, name);
          found[0] = !after.equals(before);
          return after;
        });
    return found[0];
  }

  /**
   * Removes as {@code docker rmi} does. Given a name, takes that name away, and the image with it
   * when it was the last; given an id, takes all its names and the image. What becomes unreachable
   * is reclaimed by {@link Store#collect}.
   *
   * @param force remove although a stopped container uses it, or an id has several names
   * @param others what keeps layers beside images: they are not told as deleted
   * @throws CooperException.NotFound when there is no such image
   * @throws CooperException.Conflict in Docker's words, when a container uses it, or an id has
   *     names in several repositories; then nothing is changed
   */
  public Removal remove(String nameOrId, boolean force, ImageUsers users, GarbageRoots others)
      throws IOException {
    List<Removal> result = new ArrayList<>(1);
    Reached kept = new Reached(blobs, reading);
    others.mark(kept);
    try {
      index.update(
          before -> {
            try {
              Listing listing = Listing.of(before, reading);
              StoredImage image =
                  listing.resolve(nameOrId).orElseThrow(() -> noSuchImage(nameOrId));
              ImageRemoval removal = new ImageRemoval(listing, reading, image, force, users, kept);
              result.add(removal.plan(nameOrId));
              return removal.apply(before);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return result.getFirst();
  }

  /** As {@link #remove(String, boolean, ImageUsers, GarbageRoots)}, nothing else keeping layers. */
  public Removal remove(String nameOrId, boolean force, ImageUsers users) throws IOException {
    return remove(nameOrId, force, users, GarbageRoots.NONE);
  }

  /**
   * The blobs that an image or an index leads to, itself included; of a damaged one, those that
   * could be found. Empty when it is not in the store.
   */
  public Set<Digest> blobs(Descriptor target) throws IOException {
    Reached reached = new Reached(blobs, reading);
    reached.image(target);
    return reached.blobs();
  }

  /** Everything that names in the store lead to: what the garbage collector keeps. */
  public void mark(GarbageRoots.Marker marker) throws IOException {
    for (Descriptor entry : index.entries()) {
      marker.image(entry);
    }
  }

  ImageReading reading() {
    return reading;
  }

  /** Docker's words: a name is completed with its tag, an id is shown as given. */
  private static CooperException noSuchImage(String nameOrId) {
    String shown = nameOrId;
    if (!Digest.isDigest(nameOrId)) {
      try {
        shown = Reference.parse(nameOrId).familiar();
      } catch (CooperException.InvalidInput e) {
        // Shown as it was given.
      }
    }
    return new CooperException.NotFound("No such image: " + shown);
  }
}
