package dev.cooper.api;

import dev.cooper.image.Descriptor;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * An image of one layer, which is a tar of a file system: what {@code docker import} makes.
 *
 * @param message what its history says, such as {@code Imported from -}
 * @param platform what the programs in it run on
 * @param changes instructions of a Dockerfile that say how to run it: CMD, ENV and their like
 * @param name its name; without, it stays dangling
 */
public record TarImport(
    String message, Platform platform, List<String> changes, Optional<Reference> name) {
  public TarImport {
    changes = List.copyOf(changes);
    ConfigChanges.check(changes);
  }

  /** Makes the image; the stream, plain or packed, stays open. */
  StoredImage run(Store store, InputStream tar) throws IOException, InterruptedException {
    try (Lease lease = store.lease()) {
      InputStream plain = Compression.decompressed(new BufferedInputStream(tar, 1 << 16));
      Layer layer = LayerWriter.adopt(plain, store.blobs());
      store.indexes().put(layer.diffId(), layer.index());
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      ImageConfig config =
          ImageConfig.scratch(platform)
              .withCreated(now)
              .withRootfs(RootFs.of(List.of(layer.diffId())))
              .withHistory(List.of(new History(now, null, null, message, null)));
      if (!changes.isEmpty()) {
        config =
            config.withConfig(ConfigChanges.apply(changes, store, config, List.of(layer.blob())));
      }
      Descriptor manifest = Image.of(config, List.of(layer.blob())).writeTo(store.blobs());
      return name.isPresent()
          ? store.images().tag(name.get(), manifest)
          : store.images().add(manifest);
    }
  }
}
