package dev.cooper.builder;

import dev.cooper.builder.exchange.CacheSource;
import dev.cooper.builder.exchange.CachedStep;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Rfc3339;
import dev.cooper.store.GarbageRoots;
import dev.cooper.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What earlier builds made, by the key of the step that made it. A small file for each step; one
 * that is damaged, or whose layer is gone, is as if it were not there.
 *
 * <p>The time of a file is when its step was last used. Of the steps that one build used, the
 * earlier have the later time: whoever removes the oldest first takes a build apart from its end,
 * and never the ground from under what stays.
 */
public final class StepCache implements GarbageRoots {
  private static final String VERSION = "step 1";
  private static final String ALIAS = "alias 1";

  private final Path directory;
  private final Store store;
  private final boolean lasting;
  private final List<CacheSource> sources;
  private final Consumer<String> warnings;
  private final Map<Digest, Outcome> seen = new LinkedHashMap<>();
  private final Instant opened = Instant.now();
  private final AtomicLong used = new AtomicLong();

  /** The cache of a store. */
  public StepCache(Store store) {
    this(store, true, List.of(), warning -> {});
  }

  /**
   * The cache of a store, for one build.
   *
   * @param lasting whether what is put into it stays for later builds
   * @param sources where results come from that the store does not have, asked in this order
   * @param warnings told of a source that cannot be used
   */
  StepCache(Store store, boolean lasting, List<CacheSource> sources, Consumer<String> warnings) {
    this.lasting = lasting;
    this.sources = new ArrayList<>(sources);
    this.warnings = warnings;
    this.directory = store.cacheDirectory().resolve("steps");
    this.store = store;
  }

  /**
   * What a step made.
   *
   * @param created when
   * @param layer the layer; null if it made none
   */
  record Outcome(Instant created, StageState.@Nullable Added layer) {}

  /**
   * Another way to a step's key.
   *
   * @param key the step's key
   * @param createdBy how history tells of it
   */
  record Alias(Digest key, String createdBy) {}

  /** The step that was remembered under another key. */
  Optional<Alias> findAlias(Digest quick) throws IOException {
    try {
      String text = Files.readString(path(quick));
      Optional<Alias> alias = alias(text);
      if (alias.isPresent()) {
        touch(path(quick));
      }
      return alias;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (java.nio.charset.CharacterCodingException | CooperException.InvalidInput e) {
      return Optional.empty();
    }
  }

  private static Optional<Alias> alias(String text) {
    String[] lines = text.split("\n", 3);
    return lines.length == 3 && lines[0].equals(ALIAS)
        ? Optional.of(new Alias(Digest.parse(lines[1]), lines[2]))
        : Optional.empty();
  }

  /** Remembers the step of a key, which led to a state, under another key. */
  void alias(Digest quick, Digest key, StageState after) throws IOException {
    String createdBy = String.valueOf(after.config().history().getLast().createdBy());
    write(path(quick), ALIAS + "\n" + key + "\n" + createdBy);
  }

  /** What the step of that key made, if its layer is still in the store. */
  Optional<Outcome> find(Digest key) throws IOException {
    Optional<Outcome> record = read(path(key));
    if (record.isPresent()) {
      StageState.Added layer = record.get().layer();
      if (layer == null || store.blobs().contains(layer.blob().digest())) {
        touch(path(key));
        see(key, record.get());
        return record;
      }
    }
    return fetch(key);
  }

  private synchronized void see(Digest key, Outcome outcome) {
    seen.put(key, outcome);
  }

  /** What this build used or made, in that order. */
  synchronized List<CachedStep> seen() {
    List<CachedStep> steps = new ArrayList<>();
    seen.forEach(
        (key, outcome) -> {
          StageState.Added layer = outcome.layer();
          steps.add(
              new CachedStep(
                  key,
                  outcome.created(),
                  layer == null ? null : layer.blob(),
                  layer == null ? null : layer.diffId()));
        });
    return steps;
  }

  /** The result from another place, which is then here too. */
  private Optional<Outcome> fetch(Digest key) throws IOException {
    for (CacheSource source : usable()) {
      try {
        Optional<CachedStep> step = source.find(key);
        if (step.isPresent()) {
          Outcome outcome = fetch(source, step.get());
          put(key, outcome);
          return Optional.of(outcome);
        }
      } catch (IOException | CooperException.Corrupt e) {
        drop(source, e);
      }
    }
    return Optional.empty();
  }

  private Outcome fetch(CacheSource source, CachedStep step) throws IOException {
    Descriptor layer = step.layer();
    Digest diffId = step.diffId();
    if (layer == null || diffId == null) {
      return new Outcome(step.created(), null);
    }
    if (!store.blobs().contains(layer.digest())) {
      try (InputStream in = source.open(layer);
          BlobWriter writer = store.blobs().begin()) {
        long _ = in.transferTo(writer.stream());
        Digest _ = writer.commit(layer.digest());
      }
    }
    return new Outcome(step.created(), new StageState.Added(layer, diffId));
  }

  private synchronized List<CacheSource> usable() {
    return List.copyOf(sources);
  }

  private synchronized void drop(CacheSource source, Exception why) {
    if (sources.remove(source)) {
      String reason =
          why instanceof NoSuchFileException missing
              ? missing.getFile() + ": no such file"
              : String.valueOf(why.getMessage());
      warnings.accept("cannot use the cache in " + source.name() + ": " + reason);
    }
  }

  /** Notes that a step was used; where that cannot be written, its age is wrong and no more. */
  private void touch(Path file) {
    try {
      Files.setLastModifiedTime(
          file, FileTime.from(opened.minus(used.incrementAndGet(), ChronoUnit.MICROS)));
    } catch (IOException e) {
      // Somebody else's store, or removed this moment.
    }
  }

  /** Remembers what a step made; of two builds that made the same the later counts. */
  void put(Digest key, Outcome record) throws IOException {
    StringBuilder text = new StringBuilder(VERSION).append('\n').append(record.created());
    StageState.Added layer = record.layer();
    if (layer != null) {
      text.append('\n').append(layer.blob().mediaType());
      text.append('\n').append(layer.blob().digest());
      text.append('\n').append(layer.blob().size());
      text.append('\n').append(layer.diffId());
    }
    text.append("\nend\n");
    write(path(key), text.toString());
    see(key, record);
  }

  private void write(Path file, String text) throws IOException {
    if (!lasting) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path temporary = Files.createTempFile(directory, "", ".new");
    try {
      Files.writeString(temporary, text);
      touch(temporary);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * A step or an alias as it lies on the disk.
   *
   * @param id its key's digits
   * @param used when it was last used
   * @param outcome what the step made; null for an alias, and for a file that cannot be read
   * @param aliasOf the file of the step that it leads to; null for a step
   */
  record Remembered(
      String id, Path file, Instant used, @Nullable Outcome outcome, @Nullable Path aliasOf) {}

  /** Everything that is remembered, in no particular order. */
  List<Remembered> all() throws IOException {
    List<Remembered> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, "??")) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            add(all, String.valueOf(folder.getFileName()), file);
          }
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was built yet.
    }
    return all;
  }

  private void add(List<Remembered> all, String folder, Path file) throws IOException {
    try {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      Optional<Outcome> outcome = read(file);
      Path target = null;
      if (outcome.isEmpty()) {
        target = alias(Files.readString(file)).map(alias -> path(alias.key())).orElse(null);
      }
      all.add(
          new Remembered(folder + file.getFileName(), file, time, outcome.orElse(null), target));
    } catch (NoSuchFileException e) {
      // Removed by another command meanwhile.
    } catch (java.nio.charset.CharacterCodingException | CooperException.InvalidInput e) {
      all.add(new Remembered(folder + file.getFileName(), file, Instant.EPOCH, null, null));
    }
  }

  /** Keeps the layers of every step that is remembered. */
  @Override
  public void mark(Marker marker) throws IOException {
    for (Remembered each : all()) {
      StageState.Added layer = each.outcome() == null ? null : each.outcome().layer();
      if (layer != null) {
        marker.blob(layer.blob().digest());
        marker.tableOfContents(layer.diffId());
      }
    }
  }

  private Path path(Digest key) {
    return directory.resolve(key.hex().substring(0, 2)).resolve(key.hex().substring(2));
  }

  private static Optional<Outcome> read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (java.nio.charset.CharacterCodingException e) {
      return Optional.empty();
    }
    if (lines.size() < 3 || !lines.getFirst().equals(VERSION) || !lines.getLast().equals("end")) {
      return Optional.empty();
    }
    try {
      Instant created = Rfc3339.parse(lines.get(1));
      if (lines.size() == 3) {
        return Optional.of(new Outcome(created, null));
      }
      Descriptor blob =
          Descriptor.of(lines.get(2), Digest.parse(lines.get(3)), Long.parseLong(lines.get(4)));
      return Optional.of(
          new Outcome(created, new StageState.Added(blob, Digest.parse(lines.get(5)))));
    } catch (CooperException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
