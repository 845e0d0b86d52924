package dev.cooper.builder.exchange;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Index;
import dev.cooper.image.Json;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results of steps in a directory: an OCI image layout with one manifest, whose config lists the
 * steps and whose layers are theirs.
 */
public final class LocalCache implements CacheSource, CacheTarget {
  private static final Jsonb JSONB = Json.builder(new ExchangeJsonComponent()).build();
  private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  private final Path directory;
  private final boolean allStages;
  private @Nullable Map<Digest, CachedStep> known;

  private LocalCache(Path directory, boolean allStages) {
    this.directory = directory;
    this.allStages = allStages;
  }

  /** A directory to read from. */
  public static CacheSource from(Path directory) {
    return new LocalCache(directory, true);
  }

  /**
   * A directory to write to; made when it is not there.
   *
   * @param allStages see {@link CacheTarget#wantsAllStages}
   */
  public static CacheTarget to(Path directory, boolean allStages) {
    return new LocalCache(directory, allStages);
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public boolean wantsAllStages() {
    return allStages;
  }

  @Override
  public synchronized Optional<CachedStep> find(Digest key) throws IOException {
    Map<Digest, CachedStep> steps = known;
    if (steps == null) {
      steps = read();
      known = steps;
    }
    return Optional.ofNullable(steps.get(key));
  }

  @Override
  public InputStream open(Descriptor layer) throws IOException {
    return Files.newInputStream(blob(layer.digest()));
  }

  private Map<Digest, CachedStep> read() throws IOException {
    Index index = Index.parse(Files.readAllBytes(directory.resolve("index.json")));
    Map<Digest, CachedStep> steps = new HashMap<>();
    for (Descriptor entry : index.manifests()) {
      Manifest manifest = Manifest.parse(document(entry));
      if (manifest.config().mediaType().equals(CacheDocument.MEDIA_TYPE)) {
        add(steps, manifest);
      }
    }
    return steps;
  }

  private byte[] document(Descriptor descriptor) throws IOException {
    byte[] bytes = Files.readAllBytes(blob(descriptor.digest()));
    if (!Digest.sha256(bytes).equals(descriptor.digest())) {
      throw new CooperException.Corrupt(blob(descriptor.digest()) + " is damaged");
    }
    return bytes;
  }

  private void add(Map<Digest, CachedStep> steps, Manifest manifest) throws IOException {
    Map<String, Descriptor> layers = new HashMap<>();
    for (Descriptor layer : manifest.layers()) {
      layers.put(layer.digest().toString(), layer);
    }
    CacheDocument document;
    try {
      document = JSONB.type(CacheDocument.class).fromJson(document(manifest.config()));
      for (CacheDocument.Step step : document.steps()) {
        Descriptor layer = step.layer() == null ? null : layers.get(step.layer());
        if (step.layer() == null || (layer != null && step.diffId() != null)) {
          Digest key = Digest.parse(step.key());
          Digest diffId = step.diffId() == null ? null : Digest.parse(step.diffId());
          steps.put(key, new CachedStep(key, Instant.parse(step.created()), layer, diffId));
        }
      }
    } catch (JsonException | DateTimeException | CooperException.InvalidInput e) {
      throw new CooperException.Corrupt(
          directory + " holds no build cache that can be read: " + e.getMessage(), null, e);
    }
  }

  @Override
  public void write(List<CachedStep> steps, BlobSource blobs) throws IOException {
    requireOwn();
    Files.createDirectories(directory.resolve("blobs/sha256"));
    Map<Digest, Descriptor> layers = new LinkedHashMap<>();
    List<CacheDocument.Step> told = new ArrayList<>();
    for (CachedStep step : steps) {
      Descriptor layer = step.layer();
      if (layer != null) {
        layers.put(layer.digest(), layer);
        copy(layer, blobs);
      }
      told.add(
          new CacheDocument.Step(
              step.key().toString(),
              step.created().toString(),
              layer == null ? null : layer.digest().toString(),
              step.diffId() == null ? null : step.diffId().toString()));
    }
    byte[] config =
        JSONB.type(CacheDocument.class).toJsonBytes(new CacheDocument(CacheDocument.VERSION, told));
    Descriptor configured = Descriptor.of(CacheDocument.MEDIA_TYPE, config);
    byte[] manifest = Manifest.of(configured, List.copyOf(layers.values())).toJson();
    Descriptor described = Descriptor.of(MediaTypes.OCI_MANIFEST, manifest);
    replace(blob(configured.digest()), config);
    replace(blob(described.digest()), manifest);
    replace(directory.resolve("oci-layout"), LAYOUT.getBytes(StandardCharsets.UTF_8));
    replace(directory.resolve("index.json"), Index.of(List.of(described)).toJson());
    Set<Digest> kept = new HashSet<>(layers.keySet());
    kept.add(configured.digest());
    kept.add(described.digest());
    removeOthers(kept);
  }

  /** What is written here replaces all that was, so that must not be anything else. */
  private void requireOwn() throws IOException {
    Path index = directory.resolve("index.json");
    if (!Files.exists(index)) {
      return;
    }
    for (Descriptor entry : Index.parse(Files.readAllBytes(index)).manifests()) {
      boolean own =
          Files.exists(blob(entry.digest()))
              && Manifest.parse(document(entry))
                  .config()
                  .mediaType()
                  .equals(CacheDocument.MEDIA_TYPE);
      if (!own) {
        throw new CooperException.Conflict(
            "cannot write the build cache to " + directory + ": it holds images",
            "give --cache-to an empty directory, or one that does not exist");
      }
    }
  }

  private void copy(Descriptor layer, BlobSource blobs) throws IOException {
    Path target = blob(layer.digest());
    if (Files.exists(target) && Files.size(target) == layer.size()) {
      return;
    }
    Path temporary = Files.createTempFile(directory, "", ".new");
    try {
      try (InputStream in = blobs.open(layer.digest())) {
        long _ = Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void replace(Path target, byte[] bytes) throws IOException {
    Path temporary = Files.createTempFile(directory, "", ".new");
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A directory that is written to again and again must not grow for ever. */
  private void removeOthers(Set<Digest> kept) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory.resolve("blobs/sha256"))) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean isBlob = Digest.isDigest("sha256:" + name);
        if (isBlob && !kept.contains(Digest.parse("sha256:" + name))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path blob(Digest digest) {
    return directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
  }
}
