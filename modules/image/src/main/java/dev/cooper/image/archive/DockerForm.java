package dev.cooper.image.archive;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.DockerArchiveEntry;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The images of a Docker archive: {@code manifest.json} names configs and layers by their paths.
 * Such an image has no manifest of its own, so that it gets one here.
 */
final class DockerForm {
  private final BlobSource blobs;
  private final BlobSink sink;
  private final LayerCheck layers;
  private final Function<String, @Nullable Descriptor> files;

  /**
   * @param files finds what a path in the archive leads to, by now a blob
   */
  DockerForm(
      BlobSource blobs,
      BlobSink sink,
      LayerIndexCache indexes,
      Function<String, @Nullable Descriptor> files) {
    this.blobs = blobs;
    this.sink = sink;
    this.layers = new LayerCheck(blobs, indexes);
    this.files = files;
  }

  static List<Reference> names(DockerArchiveEntry entry) {
    return entry.repoTags().stream().map(DockerForm::name).toList();
  }

  static Reference name(String text) {
    try {
      return Reference.parse(text);
    } catch (CooperException.InvalidInput e) {
      throw new CooperException.Corrupt(
          "the archive names an image \"" + text + "\": " + e.getMessage(), null, e);
    }
  }

  List<ArchivedImage> images(byte[] json) throws IOException {
    List<ArchivedImage> images = new ArrayList<>();
    for (DockerArchiveEntry entry : DockerArchiveEntry.parse(json)) {
      images.add(new ArchivedImage(image(entry), names(entry)));
    }
    if (images.isEmpty()) {
      throw new CooperException.InvalidInput(
          "the archive holds no image: its manifest.json is empty");
    }
    return images;
  }

  private Descriptor image(DockerArchiveEntry entry) throws IOException {
    Descriptor config = file(entry.config());
    ImageConfig read = ImageConfig.parse(blobs.bytes(config.digest(), Image.DOCUMENT_LIMIT));
    List<Digest> diffIds = read.rootfs().diffIds();
    if (diffIds.size() != entry.layers().size()) {
      throw new CooperException.Corrupt(
          "manifest.json gives the image "
              + config.digest()
              + " "
              + entry.layers().size()
              + " layers, its config "
              + diffIds.size());
    }
    List<Descriptor> packed = new ArrayList<>();
    for (int i = 0; i < diffIds.size(); i++) {
      Descriptor layer = file(entry.layers().get(i));
      layer = layer.withMediaType(mediaType(entry.layers().get(i), layer));
      layers.check(layer, diffIds.get(i));
      packed.add(layer);
    }
    byte[] manifest = Manifest.of(config.withMediaType(MediaTypes.OCI_CONFIG), packed).toJson();
    Digest digest = sink.put(manifest);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, digest, manifest.length)
        .withPlatform(read.platform());
  }

  private Descriptor file(@Nullable String path) {
    Descriptor file = path == null ? null : files.apply(ArchivePaths.resolve("", path));
    if (file == null) {
      throw new CooperException.Corrupt(
          "manifest.json names \"" + path + "\", which is not in the archive");
    }
    return file;
  }

  private String mediaType(String path, Descriptor layer) throws IOException {
    byte[] head = new byte[Compression.MAGIC_LENGTH];
    int length;
    try (InputStream in = blobs.open(layer.digest())) {
      length = in.readNBytes(head, 0, head.length);
    }
    return switch (Compression.detect(head, length)) {
      case NONE -> MediaTypes.OCI_LAYER;
      case GZIP -> MediaTypes.OCI_LAYER_GZIP;
      case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
      case BZIP2, XZ ->
          throw new CooperException.Corrupt(
              path + ": a layer packed in a way that images do not have");
    };
  }
}
