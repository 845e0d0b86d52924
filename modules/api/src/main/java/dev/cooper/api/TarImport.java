package dev.cooper.api;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.BuildResult;
import dev.cooper.builder.Builder;
import dev.cooper.builder.DockerfileSource;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.store.ImageUsers;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
  private static final Set<String> CHANGES =
      Set.of(
          "cmd",
          "entrypoint",
          "env",
          "expose",
          "healthcheck",
          "label",
          "onbuild",
          "stopsignal",
          "user",
          "volume",
          "workdir");

  public TarImport {
    changes = List.copyOf(changes);
    for (String change : changes) {
      String word = change.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (!CHANGES.contains(word)) {
        throw new CooperException.InvalidInput(word + " is not a valid change command");
      }
    }
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
        config = config.withConfig(changed(store, config, layer));
      }
      Descriptor manifest = manifest(store, config, layer);
      return name.isPresent()
          ? store.images().tag(name.get(), manifest)
          : store.images().add(manifest);
    }
  }

  private Descriptor manifest(Store store, ImageConfig config, Layer layer) throws IOException {
    byte[] json = config.toJson();
    Digest id = store.blobs().put(json);
    byte[] manifest =
        Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, id, json.length), List.of(layer.blob()))
            .toJson();
    Digest digest = store.blobs().put(manifest);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, digest, manifest.length).withPlatform(platform);
  }

  /** What the changes make of the config: a build's, of which nothing else is kept. */
  private ContainerConfig changed(Store store, ImageConfig config, Layer layer)
      throws IOException, InterruptedException {
    Descriptor base = manifest(store, config, layer);
    Image image = Image.read(store.blobs(), base, platform);
    String dockerfile = "FROM imported\n" + String.join("\n", changes) + "\n";
    BuildRequest request =
        BuildRequest.of(new BuildContext.Empty())
            .withDockerfile(new DockerfileSource.Text("--change", dockerfile))
            .withPlatforms(List.of(platform))
            .withUseCache(false);
    BuildResult built =
        new Builder(store, (name, wanted, pull) -> image).build(request, BuildProgress.NONE);
    Image result = Image.read(store.blobs(), built.manifest(), platform);
    store.images().remove(result.configDigest().toString(), true, ImageUsers.NONE);
    return result.config().config();
  }
}
