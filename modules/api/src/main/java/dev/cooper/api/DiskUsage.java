package dev.cooper.api;

import dev.cooper.builder.BuildCache;
import dev.cooper.engine.Containers;
import dev.cooper.engine.Volume;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one kind of things takes of the disk.
 *
 * @param kind by Docker's name: {@code Images}
 * @param total how many there are
 * @param active how many of them are in use
 * @param size their bytes; what several share counts once
 * @param reclaimable the bytes of those that are not in use
 */
public record DiskUsage(String kind, int total, int active, long size, long reclaimable) {

  static List<DiskUsage> of(Store store, Containers containers, BuildCache cache)
      throws IOException {
    return List.of(
        images(store, containers), containers(containers), volumes(containers), cache(cache));
  }

  private static DiskUsage images(Store store, Containers containers) throws IOException {
    Map<Digest, Long> layers = new HashMap<>();
    Set<Digest> used = new HashSet<>();
    int active = 0;
    List<StoredImage> images = store.images().list();
    for (StoredImage stored : images) {
      boolean inUse = !containers.images().of(stored.id()).isEmpty();
      active += inUse ? 1 : 0;
      try {
        Image image = store.images().read(stored);
        for (int i = 0; i < image.layers().size(); i++) {
          Digest diffId = image.diffIds().get(i);
          layers.put(diffId, store.indexes().sizeOfFiles(image.layers().get(i), diffId));
          if (inUse) {
            used.add(diffId);
          }
        }
      } catch (CooperException.Corrupt | CooperException.NotFound e) {
        // A damaged image takes what it takes; what it would take nobody knows.
      }
    }
    long size = 0;
    long reclaimable = 0;
    for (Map.Entry<Digest, Long> layer : layers.entrySet()) {
      size += layer.getValue();
      reclaimable += used.contains(layer.getKey()) ? 0 : layer.getValue();
    }
    return new DiskUsage("Images", images.size(), active, size, reclaimable);
  }

  private static DiskUsage containers(Containers containers) throws IOException {
    int total = 0;
    int running = 0;
    long size = 0;
    long reclaimable = 0;
    for (Containers.Status status : containers.list()) {
      long changes = containers.sizes(status.container().id()).changes();
      total++;
      size += changes;
      if (status.state().running()) {
        running++;
      } else {
        reclaimable += changes;
      }
    }
    return new DiskUsage("Containers", total, running, size, reclaimable);
  }

  private static DiskUsage volumes(Containers containers) throws IOException {
    int total = 0;
    int active = 0;
    long size = 0;
    long reclaimable = 0;
    for (Volume volume : containers.volumes().list()) {
      long bytes = containers.volumeUse().size(volume);
      total++;
      size += bytes;
      if (containers.volumeUse().users(volume.name()).isEmpty()) {
        reclaimable += bytes;
      } else {
        active++;
      }
    }
    return new DiskUsage("Local Volumes", total, active, size, reclaimable);
  }

  private static DiskUsage cache(BuildCache cache) throws IOException {
    int total = 0;
    int shared = 0;
    long size = 0;
    for (BuildCache.Entry entry : cache.list()) {
      total++;
      shared += entry.shared() ? 1 : 0;
      size += entry.size();
    }
    return new DiskUsage("Build Cache", total, shared, size, size);
  }
}
