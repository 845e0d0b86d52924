package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One mark and sweep, while the lease is held alone. */
final class GarbageCollection {
  /** The kernel has written what is older than this, so that flushing it costs next to nothing. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Layout layout;
  private final Blobs blobs;
  private final Images images;
  private final Set<Digest> reached = new HashSet<>();
  private final Set<String> diffIds = new HashSet<>();
  private final Set<String> chainIds = new HashSet<>();

  GarbageCollection(Layout layout, Blobs blobs, Images images) {
    this.layout = layout;
    this.blobs = blobs;
    this.images = images;
  }

  Collected run(GarbageRoots roots) throws IOException {
    Marker marker = new Marker();
    images.mark(marker);
    roots.mark(marker);
    // Whoever held a lease is gone, and with it the owner of everything here.
    sweepTemporary();
    List<Digest> removed = new ArrayList<>();
    long bytes = 0;
    for (Digest digest : blobs.all()) {
      if (!reached.contains(digest)) {
        bytes += blobs.size(digest);
        blobs.delete(digest);
        removed.add(digest);
      }
    }
    int layers = sweep(layout.layers(), chainIds);
    int unused = sweep(layout.tablesOfContents(), diffIds);
    seal();
    return new Collected(removed, layers, bytes);
  }

  /** What cannot be removed today is no reason to keep everything else: it is tried again. */
  private void sweepTemporary() throws IOException {
    try {
      LeftMounts.detachBelow(layout.temporary());
    } catch (LinuxException e) {
      // Not ours to detach; its directory stays as well.
    }
    for (Path left : Layout.entries(layout.temporary())) {
      try {
        TreeRemoval.remove(left);
      } catch (FileSystemException | LinuxException e) {
        // Still mounted, or somebody else's.
      }
    }
  }

  /**
   * Removes entries whose names are not to be kept. A directory leaves its place under a lasting
   * name first, so that a process killed half-way leaves no half layer there.
   */
  private int sweep(Path directory, Set<String> kept) throws IOException {
    int count = 0;
    for (Path entry : Layout.entries(directory)) {
      if (!kept.contains(String.valueOf(entry.getFileName()))) {
        Path doomed = TemporaryNames.in(layout.temporary());
        Durability.unseal(entry);
        Files.move(entry, doomed);
        TreeRemoval.remove(doomed);
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

  private final class Marker implements GarbageRoots.Marker {
    @Override
    public void image(Descriptor target) throws IOException {
      if (!blobs.contains(target.digest())) {
        return;
      }
      try {
        images
            .reading()
            .walk(
                target,
                new ImageReading.Visitor() {
                  @Override
                  public void blob(Digest digest) {
                    reached.add(digest);
                  }

                  @Override
                  public void image(Manifest manifest) throws IOException {
                    layers(manifest);
                  }
                });
      } catch (CooperException.NotFound | CooperException.Corrupt e) {
        // A damaged image: what of it could be reached stays, for whoever looks into it.
      }
    }

    private void layers(Manifest manifest) throws IOException {
      ImageConfig config =
          ImageConfig.parse(blobs.bytes(manifest.config().digest(), Image.DOCUMENT_LIMIT));
      List<Digest> ids = config.rootfs().diffIds();
      ids.forEach(this::tableOfContents);
      ChainIds.of(ids).forEach(this::layer);
    }

    @Override
    public void blob(Digest digest) {
      reached.add(digest);
    }

    @Override
    public void tableOfContents(Digest diffId) {
      diffIds.add(diffId.hex());
    }

    @Override
    public void layer(Digest chainId) {
      chainIds.add(chainId.hex());
    }
  }
}
