package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.DockerArchiveEntry;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images of an OCI image layout (image-spec, image-layout.md), whose blobs are in a source. */
final class LayoutForm {
  private final BlobSource blobs;
  private final LayerCheck layers;

  LayoutForm(BlobSource blobs, LayerIndexCache indexes) {
    this.blobs = blobs;
    this.layers = new LayerCheck(blobs, indexes);
  }

  /**
   * The images that an index names.
   *
   * @param dockerManifest {@code manifest.json} beside it, which may know names that the index does
   *     not; null where there is none
   */
  List<ArchivedImage> images(byte[] index, byte @Nullable [] dockerManifest) throws IOException {
    Map<Digest, List<Reference>> dockerNames = dockerNames(dockerManifest);
    Map<Digest, ArchivedImage> images = new LinkedHashMap<>();
    for (Descriptor entry : Index.parse(index).manifests()) {
      if (!blobs.contains(entry.digest())) {
        throw new CooperException.Corrupt(
            "index.json names " + entry.digest() + ", which is not in the archive");
      }
      ArchivedImage before = images.get(entry.digest());
      List<Reference> names = new ArrayList<>(before == null ? List.of() : before.names());
      Reference name = name(entry);
      if (name != null) {
        names.add(name);
      }
      if (before == null) {
        Image image = check(entry);
        if (name == null) {
          names.addAll(dockerNames.getOrDefault(image.configDigest(), List.of()));
        }
      }
      Descriptor target =
          Descriptor.of(entry.mediaType(), entry.digest(), entry.size())
              .withPlatform(entry.platform());
      images.put(entry.digest(), new ArchivedImage(target, names));
    }
    if (images.isEmpty()) {
      throw new CooperException.InvalidInput("the archive holds no image: its index.json is empty");
    }
    return List.copyOf(images.values());
  }

  private Image check(Descriptor entry) throws IOException {
    for (Descriptor blob : ImageBlobs.of(blobs, entry)) {
      if (!blobs.contains(blob.digest())) {
        throw new CooperException.Corrupt(
            "the image "
                + entry.digest()
                + " needs "
                + blob.digest()
                + ", which is not in the archive");
      }
      if (MediaTypes.isManifest(blob.mediaType())) {
        layers.check(Image.read(blobs, blob, Platform.host()));
      }
    }
    return Image.read(blobs, PresentManifest.of(blobs, entry), Platform.host());
  }

  /** The whole name where a tool kept it; a tag alone names nothing. */
  private static @Nullable Reference name(Descriptor entry) {
    String name = entry.annotations().get(ImageArchive.CONTAINERD_NAME);
    if (name == null) {
      name = entry.annotations().get(Descriptor.REF_NAME);
      if (name == null || name.indexOf(':') < 0 && name.indexOf('/') < 0) {
        return null;
      }
    }
    return DockerForm.name(name);
  }

  private static Map<Digest, List<Reference>> dockerNames(byte @Nullable [] manifest) {
    Map<Digest, List<Reference>> names = new LinkedHashMap<>();
    if (manifest != null) {
      for (DockerArchiveEntry entry : DockerArchiveEntry.parse(manifest)) {
        Digest config = entry.config() == null ? null : ArchivePaths.digest(entry.config());
        if (config != null) {
          names.put(config, DockerForm.names(entry));
        }
      }
    }
    return names;
  }
}
