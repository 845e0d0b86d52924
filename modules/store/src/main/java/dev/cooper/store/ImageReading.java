package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an entry in index.json leads to. What a list of images shows is kept in annotations beside
 * the entry, so that listing reads one file; an entry that another tool wrote has none, and is read
 * through.
 */
final class ImageReading {
  private static final String ID = "dev.cooper.image.id";
  private static final String CREATED = "dev.cooper.image.created";
  private static final String SIZE = "dev.cooper.image.size";

  private final Blobs blobs;
  private final LayerIndexes indexes;

  ImageReading(Blobs blobs, LayerIndexes indexes) {
    this.blobs = blobs;
    this.indexes = indexes;
  }

  /** What a list shows of an image. */
  record Summary(Digest id, Optional<Instant> created, long size, Optional<String> problem) {}

  Summary summary(Descriptor entry) throws IOException {
    Map<String, String> annotations = entry.annotations();
    String id = annotations.get(ID);
    String size = annotations.get(SIZE);
    if (id != null && size != null && blobs.contains(entry.digest())) {
      try {
        String created = annotations.get(CREATED);
        return new Summary(
            Digest.parse(id),
            created == null ? Optional.empty() : Optional.of(Rfc3339.parse(created)),
            Long.parseLong(size),
            Optional.empty());
      } catch (CooperException.InvalidInput | CooperException.Corrupt | NumberFormatException e) {
        // Somebody else's annotations: read the image itself.
      }
    }
    try {
      Image image = image(entry);
      return new Summary(
          image.configDigest(),
          Optional.ofNullable(image.config().created()),
          size(image),
          Optional.empty());
    } catch (CooperException.NotFound | CooperException.Corrupt | CooperException.InvalidInput e) {
      return new Summary(entry.digest(), Optional.empty(), 0, Optional.of(e.getMessage()));
    }
  }

  /**
   * The entry with what a list shows as annotations.
   *
   * @throws CooperException.NotFound when something of the image is not in the store
   */
  Descriptor describe(Descriptor target) throws IOException {
    Image image = image(target);
    Map<String, String> annotations = new TreeMap<>(target.annotations());
    annotations.put(ID, image.configDigest().toString());
    annotations.put(SIZE, Long.toString(size(image)));
    Instant created = image.config().created();
    if (created != null) {
      annotations.put(CREATED, created.toString());
    }
    return target
        .withAnnotations(annotations)
        .withPlatform(
            target.platform() == null && !MediaTypes.isIndex(target.mediaType())
                ? image.config().platform()
                : target.platform());
  }

  Image image(Descriptor target) throws IOException {
    return Image.read(blobs, choose(target), Platform.host());
  }

  /** The manifest for this machine, or the first that is here. */
  private Descriptor choose(Descriptor target) throws IOException {
    if (!MediaTypes.isIndex(target.mediaType())) {
      return target;
    }
    Index index = Index.parse(blobs.bytes(target.digest(), Image.DOCUMENT_LIMIT));
    Optional<Descriptor> fitting =
        index.find(Platform.host()).filter(entry -> blobs.contains(entry.digest()));
    return fitting
        .or(() -> index.manifests().stream().filter(e -> blobs.contains(e.digest())).findFirst())
        .orElse(target);
  }

  private long size(Image image) throws IOException {
    long size = 0;
    List<Descriptor> layers = image.layers();
    for (int i = 0; i < layers.size(); i++) {
      size += indexes.sizeOfFiles(layers.get(i), image.diffIds().get(i));
    }
    return size;
  }

  /**
   * All blobs of an image, itself first. Of an index only those of its manifests that are here: a
   * pull for one platform leaves the others out.
   *
   * @throws CooperException.NotFound when a blob is not in the store
   */
  Set<Digest> closure(Descriptor target) throws IOException {
    Set<Digest> closure = new LinkedHashSet<>();
    walk(
        target,
        new Visitor() {
          @Override
          public void blob(Digest digest) throws IOException {
            long unused = blobs.size(digest);
            closure.add(digest);
          }
        });
    return closure;
  }

  /** Sees every blob of an image. */
  interface Visitor {
    void blob(Digest digest) throws IOException;

    default void image(Manifest manifest) throws IOException {}
  }

  void walk(Descriptor target, Visitor visitor) throws IOException {
    visitor.blob(target.digest());
    byte[] json = blobs.bytes(target.digest(), Image.DOCUMENT_LIMIT);
    if (MediaTypes.isIndex(target.mediaType())) {
      for (Descriptor entry : Index.parse(json).manifests()) {
        if (blobs.contains(entry.digest())) {
          walk(entry, visitor);
        }
      }
      return;
    }
    Manifest manifest = Manifest.parse(json);
    visitor.blob(manifest.config().digest());
    for (Descriptor layer : manifest.layers()) {
      visitor.blob(layer.digest());
    }
    visitor.image(manifest);
  }
}
