package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.LayerBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image, or an index of images, with its layers packed. The same image packed in the same way is
 * the same bytes on every machine. What it has that the source has not is kept in a scratch
 * directory, which outlives this.
 */
public final class PackedImage {
  private final BlobSource blobs;
  private final LayerPacking packing;
  private final Path scratch;
  private final Map<String, Descriptor> all = new TreeMap<>();
  private final Map<Digest, Path> files = new HashMap<>();
  private final Map<Digest, byte[]> documents = new HashMap<>();
  private final Map<Digest, Descriptor> packed = new HashMap<>();
  private Descriptor target;

  private PackedImage(BlobSource blobs, Descriptor target, LayerPacking packing, Path scratch) {
    this.blobs = blobs;
    this.packing = packing;
    this.scratch = scratch;
    this.target = target;
  }

  /**
   * Packs an image.
   *
   * @param target its manifest, or an index, whose images that are not in the source are left out
   * @param scratch a directory for what has to be made
   * @throws dev.cooper.image.CooperException.NotFound if something of the image is not in the
   *     source
   */
  public static PackedImage of(
      BlobSource blobs, Descriptor target, LayerPacking packing, Path scratch) throws IOException {
    PackedImage image = new PackedImage(blobs, target, packing, scratch);
    Descriptor packed =
        MediaTypes.isIndex(target.mediaType()) ? image.index(target) : image.manifest(target);
    image.target = packed.withAnnotations(target.annotations());
    return image;
  }

  /**
   * An image as it is: no byte changes, so that its digests stay. An index stays whole although
   * some of its images may not be in the source.
   *
   * @throws dev.cooper.image.CooperException.NotFound if something else of it is not in the source
   */
  public static PackedImage unchanged(BlobSource blobs, Descriptor target) throws IOException {
    PackedImage image = new PackedImage(blobs, target, LayerPacking.DEFAULT, Path.of(""));
    for (Descriptor blob : ImageBlobs.of(blobs, target)) {
      long size = blobs.size(blob.digest());
      image.all.put(blob.digest().toString(), Descriptor.of(blob.mediaType(), blob.digest(), size));
    }
    return image;
  }

  /** The manifest or index, as it became. */
  public Descriptor target() {
    return target;
  }

  /** Every blob of it, each once, by digest. */
  List<Descriptor> blobs() {
    return List.copyOf(all.values());
  }

  /** A blob's bytes. The caller closes them. */
  InputStream open(Digest digest) throws IOException {
    byte[] document = documents.get(digest);
    if (document != null) {
      return new ByteArrayInputStream(document);
    }
    Path file = files.get(digest);
    return file != null ? Files.newInputStream(file) : blobs.open(digest);
  }

  /** The manifests in it: one, or those of the index. */
  List<Manifest> manifests() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (Descriptor each : all.values()) {
      if (MediaTypes.isManifest(each.mediaType())) {
        manifests.add(Manifest.parse(document(each.digest())));
      }
    }
    return manifests;
  }

  private byte[] document(Digest digest) throws IOException {
    byte[] made = documents.get(digest);
    return made != null ? made : blobs.bytes(digest, Image.DOCUMENT_LIMIT);
  }

  private Descriptor index(Descriptor given) throws IOException {
    byte[] json = document(given.digest());
    Index index = Index.parse(json);
    List<Descriptor> entries = new ArrayList<>();
    for (Descriptor entry : index.manifests()) {
      if (blobs.contains(entry.digest())) {
        Descriptor changed = MediaTypes.isIndex(entry.mediaType()) ? index(entry) : manifest(entry);
        entries.add(changed.withPlatform(entry.platform()).withAnnotations(entry.annotations()));
      }
    }
    if (entries.equals(index.manifests())) {
      return keep(given, json);
    }
    String type = packing.dockerTypes() ? MediaTypes.DOCKER_INDEX : MediaTypes.OCI_INDEX;
    byte[] changed = index.withManifests(type, entries).toJson();
    return keep(Descriptor.of(type, changed).withPlatform(given.platform()), changed);
  }

  private Descriptor manifest(Descriptor given) throws IOException {
    Image image = Image.read(blobs, given, dev.cooper.image.Platform.host());
    Manifest manifest = image.manifest();
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i < manifest.layers().size(); i++) {
      Descriptor layer = layer(manifest.layers().get(i), image.diffIds().get(i));
      all.put(layer.digest().toString(), layer);
      layers.add(layer);
    }
    Descriptor config =
        manifest
            .config()
            .withMediaType(
                packing.dockerTypes() ? MediaTypes.DOCKER_CONFIG : MediaTypes.OCI_CONFIG);
    all.put(config.digest().toString(), config);
    String type = packing.dockerTypes() ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST;
    Manifest changed =
        new Manifest(
            manifest.schemaVersion(),
            type,
            manifest.artifactType(),
            config,
            layers,
            manifest.subject(),
            manifest.annotations());
    if (changed.equals(manifest)) {
      return keep(given, document(given.digest()));
    }
    byte[] json = changed.toJson();
    return keep(Descriptor.of(type, json).withPlatform(given.platform()), json);
  }

  private Descriptor keep(Descriptor descriptor, byte[] json) {
    documents.put(descriptor.digest(), json);
    all.put(descriptor.digest().toString(), descriptor);
    return descriptor;
  }

  private Descriptor layer(Descriptor given, Digest diffId) throws IOException {
    if (MediaTypes.isForeignLayer(given.mediaType())) {
      return given;
    }
    Compression now = compression(given);
    boolean stays = now == packing.compression() || (now != Compression.NONE && !packing.force());
    if (stays) {
      return given.withMediaType(mediaType(now));
    }
    Descriptor known = packed.get(given.digest());
    if (known == null) {
      known = pack(given, diffId);
      packed.put(given.digest(), known);
    }
    return known;
  }

  private Descriptor pack(Descriptor given, Digest diffId) throws IOException {
    Path file = Files.createTempFile(scratch, "layer", "");
    DigestOutputStream out =
        new DigestOutputStream(Files.newOutputStream(file), Digest.newSha256());
    try (LayerBlob layer = new LayerBlob(blobs, given, diffId);
        InputStream in = layer.uncompressed();
        OutputStream packer = packer(out)) {
      in.transferTo(packer);
    }
    Digest digest = Digest.ofSha256(out.getMessageDigest().digest());
    files.put(digest, file);
    return Descriptor.of(mediaType(packing.compression()), digest, Files.size(file))
        .withAnnotations(given.annotations());
  }

  private OutputStream packer(OutputStream out) throws IOException {
    @Nullable Integer level = packing.level();
    return level == null
        ? packing.compression().compress(out)
        : packing.compression().compress(out, level);
  }

  private Compression compression(Descriptor layer) throws IOException {
    try (InputStream in = blobs.open(layer.digest())) {
      byte[] head = in.readNBytes(Compression.MAGIC_LENGTH);
      return Compression.detect(head, head.length);
    }
  }

  private String mediaType(Compression compression) {
    String plain = packing.dockerTypes() ? MediaTypes.DOCKER_LAYER : MediaTypes.OCI_LAYER;
    String separator = packing.dockerTypes() ? "." : "+";
    return switch (compression) {
      case GZIP -> plain + separator + "gzip";
      case ZSTD -> plain + separator + "zstd";
      case NONE, BZIP2, XZ -> plain;
    };
  }
}
