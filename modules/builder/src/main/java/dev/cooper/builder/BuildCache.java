package dev.cooper.builder;

import dev.cooper.builder.run.CacheMounts;
import dev.cooper.image.Digest;
import dev.cooper.store.GarbageRoots;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that builds leave for later builds: what steps made, cache mounts, and what is known of the
 * files of contexts. It may be lost at any time; the next build then takes longer.
 *
 * <p>Removing an entry forgets it. The bytes of its layer are on the disk until the store's garbage
 * collector has run: see {@link Store#collect}.
 */
public final class BuildCache {
  private final Store store;
  private final GarbageRoots users;
  private final StepCache steps;

  /**
   * @param users what needs layers beside the images of the store: containers
   */
  public BuildCache(Store store, GarbageRoots users) {
    this.store = store;
    this.users = users;
    this.steps = new StepCache(store);
  }

  /** What an entry is, by BuildKit's names. */
  public enum Kind {
    /** The result of a step. */
    REGULAR("regular"),
    /** The directory of a cache mount. */
    CACHE_MOUNT("exec.cachemount"),
    /** What is known of a context's files, or of what the last build of a Dockerfile did. */
    CONTEXT("source.local");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The name in filters and lists. */
    public String title() {
      return title;
    }
  }

  /**
   * One thing in the cache.
   *
   * @param id what it is called in lists
   * @param size the bytes that are free once it is gone; of a layer that others have too, 0
   * @param shared whether an image or a container has the same layer
   * @param used when a build last used it
   */
  public record Entry(String id, Kind kind, long size, boolean shared, Instant used) {}

  /**
   * What was removed.
   *
   * @param ids of the entries
   * @param bytes what they had to themselves
   */
  public record Pruned(List<String> ids, long bytes) {
    public Pruned {
      ids = List.copyOf(ids);
    }
  }

  /** All entries, those used longest ago first. */
  public List<Entry> list() throws IOException {
    return items().stream().map(Item::entry).toList();
  }

  /** The bytes that the cache has to itself. */
  public long size() throws IOException {
    long size = 0;
    for (Item item : items()) {
      size += item.entry().size();
    }
    return size;
  }

  /**
   * Removes entries, those used longest ago first, until what is left has at most so many bytes to
   * itself. What a running build has mounted stays.
   *
   * @param wanted which may be removed
   * @param keep how many bytes may stay; 0 removes all that are wanted
   */
  public Pruned prune(Predicate<Entry> wanted, long keep) throws IOException {
    List<Item> items = items();
    long left = 0;
    for (Item item : items) {
      left += item.entry().size();
    }
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    Set<Path> gone = new HashSet<>();
    for (Item item : items) {
      if (keep > 0 && left <= keep) {
        break;
      }
      if (wanted.test(item.entry()) && item.remove().run()) {
        removed.add(item.entry().id());
        bytes += item.entry().size();
        left -= item.entry().size();
        if (item.file() != null) {
          gone.add(item.file());
        }
      }
    }
    removeAliases(gone);
    return new Pruned(removed, bytes);
  }

  /**
   * Keeps the cache within a size, as {@link #prune}. Costs little while it is smaller.
   *
   * @param limit in bytes
   */
  public Pruned trim(long limit) throws IOException {
    return upperBound() <= limit ? new Pruned(List.of(), 0) : prune(entry -> true, limit);
  }

  /** At least the size, without a look at images. */
  private long upperBound() throws IOException {
    long size = 0;
    for (StepCache.Remembered each : steps.all()) {
      StageState.Added layer = layer(each);
      size += layer == null ? 0 : layer.blob().size();
    }
    for (CacheMounts.CacheMount mount : CacheMounts.list(store)) {
      size += mount.size();
    }
    return size;
  }

  private interface Removal {
    /** Whether it is gone. */
    boolean run() throws IOException;
  }

  private record Item(Entry entry, @Nullable Path file, Removal remove) {}

  private List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    addSteps(items);
    for (CacheMounts.CacheMount mount : CacheMounts.list(store)) {
      Entry entry = new Entry(mount.name(), Kind.CACHE_MOUNT, mount.size(), false, mount.used());
      items.add(new Item(entry, null, () -> CacheMounts.remove(store, mount)));
    }
    addContexts(items);
    addMemories(items);
    items.sort(Comparator.comparing(item -> item.entry().used()));
    return items;
  }

  private void addSteps(List<Item> items) throws IOException {
    Set<Digest> needed = new HashSet<>();
    LayerMarker marker = new LayerMarker(needed);
    store.images().mark(marker);
    users.mark(marker);
    Set<Digest> counted = new HashSet<>();
    for (StepCache.Remembered each : steps.all()) {
      if (each.aliasOf() != null) {
        continue;
      }
      StageState.Added layer = layer(each);
      Digest blob = layer == null ? null : layer.blob().digest();
      boolean shared = blob != null && needed.contains(blob);
      long size =
          layer == null || shared || !counted.add(layer.blob().digest()) ? 0 : layer.blob().size();
      Entry entry = new Entry(each.id().substring(0, 25), Kind.REGULAR, size, shared, each.used());
      items.add(new Item(entry, each.file(), () -> Files.deleteIfExists(each.file())));
    }
  }

  private static StageState.@Nullable Added layer(StepCache.Remembered step) {
    return step.outcome() == null ? null : step.outcome().layer();
  }

  private void addContexts(List<Item> items) throws IOException {
    try (DirectoryStream<Path> contexts =
        Files.newDirectoryStream(store.cacheDirectory().resolve("contexts"))) {
      for (Path context : contexts) {
        if (Files.isDirectory(context)) {
          addContext(items, context);
        }
      }
    } catch (NoSuchFileException e) {
      // No build had a context yet.
    }
  }

  /** What is known of earlier builds, for explanations. */
  private void addMemories(List<Item> items) throws IOException {
    try (DirectoryStream<Path> memories =
        Files.newDirectoryStream(BuildMemory.directory(store.cacheDirectory()))) {
      for (Path memory : memories) {
        try {
          long size = Files.size(memory);
          Instant used = Files.getLastModifiedTime(memory).toInstant();
          String id = String.valueOf(memory.getFileName());
          items.add(
              new Item(
                  new Entry(id, Kind.CONTEXT, size, false, used),
                  null,
                  () -> Files.deleteIfExists(memory)));
        } catch (NoSuchFileException e) {
          // Replaced by a build this moment.
        }
      }
    } catch (NoSuchFileException e) {
      // No build was remembered yet.
    }
  }

  private static void addContext(List<Item> items, Path context) throws IOException {
    long size = 0;
    Instant used = Instant.EPOCH;
    List<Path> files;
    try (Stream<Path> all = Files.list(context)) {
      files = all.toList();
    }
    for (Path file : files) {
      try {
        size += Files.size(file);
        Instant time = Files.getLastModifiedTime(file).toInstant();
        used = time.isAfter(used) ? time : used;
      } catch (NoSuchFileException e) {
        // Replaced by a build this moment.
      }
    }
    if (files.isEmpty()) {
      return;
    }
    Entry entry = new Entry(String.valueOf(context.getFileName()), Kind.CONTEXT, size, false, used);
    items.add(
        new Item(
            entry,
            null,
            () -> {
              for (Path file : files) {
                Files.deleteIfExists(file);
              }
              return true;
            }));
  }

  /** An alias whose step is gone leads nowhere. */
  private void removeAliases(Set<Path> gone) throws IOException {
    if (gone.isEmpty()) {
      return;
    }
    for (StepCache.Remembered each : steps.all()) {
      if (each.aliasOf() != null && !Files.exists(each.aliasOf())) {
        Files.deleteIfExists(each.file());
      }
    }
  }

  /** Collects the blobs that images and containers need. */
  private final class LayerMarker implements GarbageRoots.Marker {
    private final Set<Digest> needed;

    LayerMarker(Set<Digest> needed) {
      this.needed = needed;
    }

    @Override
    public void image(dev.cooper.image.Descriptor target) throws IOException {
      needed.addAll(store.images().blobs(target));
    }

    @Override
    public void blob(Digest digest) {
      needed.add(digest);
    }

    @Override
    public void tableOfContents(Digest diffId) {}

    @Override
    public void layer(Digest chainId) {}
  }
}
