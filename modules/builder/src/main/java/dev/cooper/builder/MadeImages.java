package dev.cooper.builder;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a build made for each of its platforms, as manifests and an index in the store. */
final class MadeImages {
  private final Store store;
  private final List<Image> images;

  private MadeImages(Store store, List<Image> images) {
    this.store = store;
    this.images = images;
  }

  /**
   * Writes the configs.
   *
   * @param made the end of the build for each platform
   */
  static MadeImages of(Store store, List<StageState> made) throws IOException {
    List<Image> images = new ArrayList<>();
    for (StageState state : made) {
      store.blobs().put(state.config().toJson());
      images.add(Build.image(state));
    }
    return new MadeImages(store, images);
  }

  /** One for each platform, in the order of the request. */
  List<Image> images() {
    return images;
  }

  /**
   * Writes the manifests, and an index where there are several.
   *
   * @throws CooperException.InvalidInput if an index is to be annotated and there is none
   */
  Descriptor target(Annotations annotations) throws IOException {
    boolean several = images.size() > 1;
    if (!several && annotations.needIndex()) {
      throw new CooperException.InvalidInput(
          "index annotations not supported for single platform export",
          "annotate the manifest, or build for several platforms");
    }
    List<Descriptor> manifests = new ArrayList<>();
    for (Image image : images) {
      manifests.add(manifest(image, annotations));
    }
    if (!several) {
      return manifests.getFirst();
    }
    Index plain = Index.of(manifests);
    Index index =
        new Index(
            plain.schemaVersion(),
            plain.mediaType(),
            null,
            manifests,
            null,
            annotations.of(Annotations.Level.INDEX, null));
    byte[] json = index.toJson();
    store.blobs().put(json);
    return Descriptor.of(MediaTypes.OCI_INDEX, json)
        .withAnnotations(annotations.of(Annotations.Level.INDEX_DESCRIPTOR, null));
  }

  private Descriptor manifest(Image image, Annotations annotations) throws IOException {
    Platform platform = image.config().platform();
    Manifest plain = image.manifest();
    Manifest manifest =
        new Manifest(
            plain.schemaVersion(),
            plain.mediaType(),
            null,
            plain.config(),
            plain.layers(),
            null,
            annotations.of(Annotations.Level.MANIFEST, platform));
    byte[] json = manifest.toJson();
    store.blobs().put(json);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, json)
        .withPlatform(platform)
        .withAnnotations(annotations.of(Annotations.Level.MANIFEST_DESCRIPTOR, platform));
  }

  /** The id that people see: a config's digest, or an index's. */
  Digest id(Descriptor target) {
    return images.size() > 1 ? target.digest() : images.getFirst().configDigest();
  }
}
