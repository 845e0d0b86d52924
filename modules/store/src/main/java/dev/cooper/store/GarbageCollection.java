package dev.cooper.store;

import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One mark and sweep, while the lease is held alone. */
final class GarbageCollection {
  /** The kernel has written what is older than this, so that flushing it costs next to nothing. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Layout layout;
  private final Blobs blobs;
  private final Images images;
  private final Reached reached;

  GarbageCollection(Layout layout, Blobs blobs, Images images) {
    this.layout = layout;
    this.blobs = blobs;
    this.images = images;
    this.reached = new Reached(blobs, images.reading());
  }

  Collected run(GarbageRoots roots) throws IOException {
    images.mark(reached);
    roots.mark(reached);
    // Whoever held a lease is gone, and with it the owner of everything here.
    sweepTemporary();
    List<Digest> removed = new ArrayList<>();
    long bytes = 0;
    for (Digest digest : blobs.all()) {
      if (!reached.hasBlob(digest)) {
        bytes += blobs.size(digest);
        blobs.delete(digest);
        removed.add(digest);
      }
    }
    int layers = sweep(layout.layers(), reached::hasLayer);
    int unused = sweep(layout.tablesOfContents(), reached::hasTable);
    int unusedFacts = sweep(layout.layerFacts(), reached::hasTable);
    seal();
    return new Collected(removed, layers, bytes);
  }

  /** What cannot be removed today is no reason to keep everything else: it is tried again. */
  private void sweepTemporary() throws IOException {
    try {
      LeftMounts.detachBelow(layout.temporary());
    } catch (IOException e) {
      // Not ours to detach; its directory stays as well.
    }
    for (Path left : Layout.entries(layout.temporary())) {
      removeTemporary(left);
    }
  }

  private static void removeTemporary(Path left) {
    try {
      TreeRemoval.remove(left);
    } catch (IOException e) {
      // Still mounted, or somebody else's.
    }
  }

  /**
   * Removes entries whose names are not to be kept. A directory leaves its place under a lasting
   * name first, so that a process killed half-way leaves no half layer there.
   */
  private int sweep(Path directory, Predicate<String> kept) throws IOException {
    int count = 0;
    for (Path entry : Layout.entries(directory)) {
      if (!kept.test(String.valueOf(entry.getFileName()))) {
        Path doomed = TemporaryNames.in(layout.temporary());
        Durability.unseal(entry);
        Files.move(entry, doomed);
        removeTemporary(doomed);
        count++;
      }
    }
    return count;
  }

  /** Seals caches that have settled; one flush of the file system serves them all. */
  private void seal() throws IOException {
    List<Path> settled = new ArrayList<>();
    Instant limit = Instant.now().minus(SETTLED);
    for (Path directory : List.of(layout.layers(), layout.tablesOfContents())) {
      for (Path entry : Layout.entries(directory)) {
        if (!Durability.isSealed(entry)
            && Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(limit)) {
          settled.add(entry);
        }
      }
    }
    if (!settled.isEmpty() && Durability.flushFileSystem(layout.root())) {
      for (Path entry : settled) {
        Durability.markSealed(entry);
      }
    }
  }
}
