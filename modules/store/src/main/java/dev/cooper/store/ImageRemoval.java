package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides what {@code rmi} takes away, by Docker's rules and in its words. */
final class ImageRemoval {
  private final Listing listing;
  private final ImageReading reading;
  private final StoredImage image;
  private final boolean force;
  private final List<ImageUsers.User> users;
  private final Reached keptByOthers;
  private final List<Reference> untagged = new ArrayList<>();
  private boolean delete;

  ImageRemoval(
      Listing listing,
      ImageReading reading,
      StoredImage image,
      boolean force,
      ImageUsers users,
      Reached keptByOthers) {
    this.listing = listing;
    this.reading = reading;
    this.image = image;
    this.force = force;
    this.users = users.of(image.id());
    this.keptByOthers = keptByOthers;
  }

  /**
   * What will be done.
   *
   * @throws CooperException.Conflict when it must not be
   */
  Removal plan(String nameOrId) throws IOException {
    if (Listing.isIdOf(image, nameOrId)) {
      planById();
    } else {
      planByName(nameOrId);
    }
    return new Removal(untagged, delete ? deleted() : List.of());
  }

  private void planByName(String name) {
    if (!force && hasOneName() && !users.isEmpty()) {
      throw new CooperException.Conflict(
          "conflict: unable to remove repository reference \""
              + name
              + "\" (must force) - container "
              + users.getFirst().shortId()
              + " is using its referenced image "
              + image.id().shortHex(),
          "remove the container first, or use -f");
    }
    Reference removed = matching(Reference.parse(name.strip()));
    untagged.add(removed);
    boolean repositoryHasTags =
        image.names().stream()
            .anyMatch(
                other -> !other.equals(removed) && other.repository().equals(removed.repository()));
    if (!repositoryHasTags) {
      // The digests it was pulled by served that tag alone.
      for (Reference digest : image.digests()) {
        if (!digest.equals(removed) && digest.repository().equals(removed.repository())) {
          untagged.add(digest);
        }
      }
    }
    boolean lastName = untagged.size() == image.names().size() + image.digests().size();
    // With force, a name is taken from an image in use, which stays without one.
    delete = lastName && users.isEmpty() || lastName && force && !isRunning();
  }

  private void planById() {
    for (ImageUsers.User user : users) {
      if (user.running()) {
        throw conflict(
            "cannot be forced", "image is being used by running container " + user.shortId());
      }
    }
    if (!force && !hasOneName()) {
      throw conflict("must be forced", "image is referenced in multiple repositories");
    }
    if (!force && !users.isEmpty()) {
      throw conflict(
          "must be forced",
          "image is being used by stopped container " + users.getFirst().shortId());
    }
    untagged.addAll(image.names());
    untagged.addAll(image.digests());
    delete = true;
  }

  private CooperException conflict(String whether, String why) {
    return new CooperException.Conflict(
        "conflict: unable to delete " + image.id().shortHex() + " (" + whether + ") - " + why);
  }

  private boolean isRunning() {
    return users.stream().anyMatch(ImageUsers.User::running);
  }

  /** At most one tag, and all names in one repository. */
  private boolean hasOneName() {
    Set<String> repositories = new HashSet<>();
    image.names().forEach(name -> repositories.add(name.repository()));
    image.digests().forEach(name -> repositories.add(name.repository()));
    return image.names().size() <= 1 && repositories.size() <= 1;
  }

  private Reference matching(Reference name) {
    Digest digest = name.digest();
    return digest == null ? name : new Reference(name.domain(), name.path(), null, digest);
  }

  /** The entries as they will be. */
  List<Descriptor> apply(List<Descriptor> before) {
    List<Descriptor> after = new ArrayList<>(before);
    for (Reference name : untagged) {
      after = new ArrayList<>(IndexEntries.withoutName(after, name));
    }
    if (delete) {
      Set<Digest> targets = listing.targets(image);
      after.removeIf(entry -> targets.contains(entry.digest()));
    }
    return after;
  }

  private List<Digest> deleted() throws IOException {
    Set<Digest> kept = new HashSet<>();
    for (StoredImage other : listing.images()) {
      if (!other.id().equals(image.id())) {
        for (Layer layer : layers(other)) {
          kept.add(layer.chainId());
        }
      }
    }
    List<Digest> deleted = new ArrayList<>();
    deleted.add(image.id());
    for (Layer layer : layers(image).reversed()) {
      if (!kept.contains(layer.chainId()) && !keptByOthers.hasBlob(layer.blob())) {
        deleted.add(layer.chainId());
      }
    }
    return deleted;
  }

  private record Layer(Digest chainId, Digest blob) {}

  /** The layers of an image, bottom first; of a damaged one none. */
  private List<Layer> layers(StoredImage stored) throws IOException {
    try {
      Image read = reading.image(stored.target());
      List<Digest> chain = ChainIds.of(read.diffIds());
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < chain.size() && i < read.layers().size(); i++) {
        layers.add(new Layer(chain.get(i), read.layers().get(i).digest()));
      }
      return layers;
    } catch (CooperException.NotFound | CooperException.Corrupt e) {
      return List.of();
    }
  }
}
