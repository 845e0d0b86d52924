package dev.cooper.image;

import java.io.IOException;
import java.util.List;

/**
 * One image for one platform, its documents read and checked against each other; its layers stay in
 * the source.
 *
 * @param manifestDigest the digest of the manifest's bytes
 * @param manifest the manifest
 * @param configDigest the digest of the config's bytes: Docker's image id
 * @param config the config
 */
public record Image(
    Digest manifestDigest, Manifest manifest, Digest configDigest, ImageConfig config) {
  /** A manifest or config larger than this is refused, as registries do. */
  public static final int DOCUMENT_LIMIT = 4 << 20;

  /** An index inside an index deeper than this is refused. */
  private static final int INDEX_DEPTH = 4;

  /**
   * @throws CooperException.Corrupt when manifest and config do not have the same number of layers
   */
  public Image {
    if (manifest.layers().size() != config.rootfs().diffIds().size()) {
      throw new CooperException.Corrupt(
          "image "
              + configDigest
              + ": the manifest has "
              + manifest.layers().size()
              + " layers, the config "
              + config.rootfs().diffIds().size());
    }
  }

  /**
   * Reads an image, choosing by platform where the descriptor is of an index.
   *
   * @throws CooperException.NotFound when a document is not in the source, or the index has nothing
   *     for this platform
   * @throws CooperException.Corrupt when a document is malformed or does not have its digest
   */
  public static Image read(BlobSource blobs, Descriptor descriptor, Platform platform)
      throws IOException {
    Digest digest = descriptor.digest();
    byte[] json = blobs.bytes(digest, DOCUMENT_LIMIT);
    for (int depth = 0; JsonDocuments.isIndex(descriptor.mediaType(), json); depth++) {
      if (depth == INDEX_DEPTH) {
        throw new CooperException.Corrupt("index " + descriptor.digest() + " is nested too deeply");
      }
      descriptor =
          Index.parse(json)
              .find(platform)
              .orElseThrow(
                  () -> new CooperException.NotFound("no matching manifest for " + platform));
      digest = descriptor.digest();
      json = blobs.bytes(digest, DOCUMENT_LIMIT);
    }
    Manifest manifest = Manifest.parse(json);
    Digest configDigest = manifest.config().digest();
    return new Image(
        digest,
        manifest,
        configDigest,
        ImageConfig.parse(blobs.bytes(configDigest, DOCUMENT_LIMIT)));
  }

  /** The image of a config and its layers' blobs, bottom first; nothing is written. */
  public static Image of(ImageConfig config, List<Descriptor> layers) {
    Descriptor configured = Descriptor.of(MediaTypes.OCI_CONFIG, config.toJson());
    Manifest manifest = Manifest.of(configured, layers);
    return new Image(Digest.sha256(manifest.toJson()), manifest, configured.digest(), config);
  }

  /**
   * Writes config and manifest as {@link #of} made them.
   *
   * @return what leads to the manifest
   */
  public Descriptor writeTo(BlobSink sink) throws IOException {
    Digest _ = sink.put(config.toJson());
    byte[] json = manifest.toJson();
    Digest _ = sink.put(json);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, manifestDigest, json.length)
        .withPlatform(config.platform());
  }

  /** The layers' blobs, bottom first. */
  public List<Descriptor> layers() {
    return manifest.layers();
  }

  /** The digests of the uncompressed layers, bottom first. */
  public List<Digest> diffIds() {
    return config.rootfs().diffIds();
  }
}
