package dev.cooper.registry;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.LayerCheck;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings an image from a registry: its index where it has one, the manifest for one platform, and
 * what that needs. What is in the sink already is not fetched again; every byte is verified.
 */
public final class Pull {
  private static final int INDEX_DEPTH = 4;

  private final Registry registry;
  private final BlobSource blobs;
  private final BlobSink sink;
  private final LayerIndexCache indexes;
  private final LayerProgress progress;

  /**
   * @param blobs reads what {@code sink} was given
   */
  public Pull(
      Registry registry,
      BlobSource blobs,
      BlobSink sink,
      LayerIndexCache indexes,
      LayerProgress progress) {
    this.registry = registry;
    this.blobs = blobs;
    this.sink = sink;
    this.indexes = indexes;
    this.progress = progress;
  }

  /**
   * What was pulled.
   *
   * @param named what the name leads to, an index or a manifest: the digest that Docker prints
   * @param manifest the manifest for the platform
   */
  public record Pulled(Descriptor named, Descriptor manifest) {}

  /** What a name leads to now; only its own bytes are fetched. */
  public Descriptor resolve(Reference name) throws IOException {
    return registry.manifest(name).descriptor();
  }

  /**
   * Brings it.
   *
   * @throws CooperException.NotFound when there is no such image, or none for the platform
   * @throws CooperException.Corrupt when something is not what its digest says
   * @throws CooperException.Failed when the registry cannot be reached or does not give it
   */
  public Pulled pull(Reference name, Platform platform) throws IOException {
    Registry.Document document = registry.manifest(name);
    final Descriptor named = document.descriptor();
    keep(document);
    for (int depth = 0; MediaTypes.isIndex(document.descriptor().mediaType()); depth++) {
      if (depth == INDEX_DEPTH) {
        throw new CooperException.Corrupt("index " + named.digest() + " is nested too deeply");
      }
      Descriptor entry =
          Index.parse(document.bytes())
              .find(platform)
              .orElseThrow(
                  () ->
                      new CooperException.NotFound(
                          "no matching manifest for "
                              + platform
                              + " in the manifest list entries"));
      document = registry.manifest(new Reference(name.domain(), name.path(), null, entry.digest()));
      keep(document);
    }
    Manifest manifest = Manifest.parse(document.bytes());
    if (!MediaTypes.isConfig(manifest.config().mediaType())) {
      throw new CooperException.InvalidInput(
          name.familiar() + " is no image: its config is of type " + manifest.config().mediaType());
    }
    fetch(document.descriptor().digest(), manifest);
    return new Pulled(named, document.descriptor());
  }

  private void keep(Registry.Document document) throws IOException {
    if (!blobs.contains(document.descriptor().digest())) {
      try (BlobWriter writer = sink.begin()) {
        writer.stream().write(document.bytes());
        writer.commit(document.descriptor().digest());
      }
    }
  }

  private void fetch(Digest named, Manifest manifest) throws IOException {
    Descriptor config = manifest.config();
    if (config.size() > Image.DOCUMENT_LIMIT) {
      throw new CooperException.Corrupt("config " + config.digest() + " is too large");
    }
    if (!blobs.contains(config.digest())) {
      new BlobDownload(registry, config, done -> {}).into(sink);
    }
    ImageConfig read = ImageConfig.parse(blobs.bytes(config.digest(), Image.DOCUMENT_LIMIT));
    Image image = new Image(named, manifest, config.digest(), read);
    fetchLayers(image.layers(), image.diffIds());
  }

  private void fetchLayers(List<Descriptor> layers, List<Digest> diffIds) throws IOException {
    LayerCheck check = new LayerCheck(blobs, indexes);
    Set<Digest> distinct = new LinkedHashSet<>();
    try (SideBySide work = new SideBySide()) {
      for (int i = 0; i < layers.size(); i++) {
        Descriptor layer = layers.get(i);
        Digest diffId = diffIds.get(i);
        if (distinct.add(layer.digest())) {
          work.add(() -> fetch(layer, diffId, check));
        }
      }
      work.await();
    }
  }

  private void fetch(Descriptor layer, Digest diffId, LayerCheck check) throws IOException {
    Digest digest = layer.digest();
    if (blobs.contains(digest)) {
      check.check(layer, diffId);
      tell(digest, LayerProgress.State.PRESENT, layer.size(), layer.size());
      return;
    }
    tell(digest, LayerProgress.State.WAITING, 0, layer.size());
    new BlobDownload(
            registry, layer, done -> tell(digest, LayerProgress.State.MOVING, done, layer.size()))
        .into(sink);
    tell(digest, LayerProgress.State.MOVED, layer.size(), layer.size());
    check.check(layer, diffId);
    tell(digest, LayerProgress.State.DONE, layer.size(), layer.size());
  }

  private void tell(Digest layer, LayerProgress.State state, long done, long total) {
    synchronized (progress) {
      progress.layer(layer, state, done, total);
    }
  }
}
