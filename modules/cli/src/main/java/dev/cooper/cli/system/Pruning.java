package dev.cooper.cli.system;

import dev.cooper.api.Cooper;
import dev.cooper.builder.BuildCache;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.engine.Containers;
import dev.cooper.engine.Volume;
import dev.cooper.image.CooperException;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The removal of what nothing uses, kind by kind, and what Docker says about it. */
public final class Pruning {
  private final Cooper cooper;
  private final PrintStream out;
  private long bytes;

  public Pruning(Cooper cooper, PrintStream out) {
    this.cooper = cooper;
    this.out = out;
  }

  /** Removes all containers that do not run. */
  public void containers() throws IOException {
    List<String> removed = new ArrayList<>();
    for (Containers.Status status : cooper.containers().list()) {
      if (status.state().running()) {
        continue;
      }
      String id = status.container().id();
      try {
        long size = cooper.containers().sizes(id).changes();
        cooper.containers().remove(id, false, false);
        removed.add(id);
        bytes += size;
      } catch (CooperException.Conflict | CooperException.NotFound e) {
        // It was started, or removed, by another command at this moment.
      }
    }
    tell("Deleted Containers:", removed);
  }

  /**
   * Removes volumes that no container uses.
   *
   * @param all those too that somebody named
   */
  public void volumes(boolean all) throws IOException {
    List<String> removed = new ArrayList<>();
    for (Volume volume : cooper.containers().volumeUse().unused()) {
      if (all || volume.anonymous()) {
        long size = cooper.containers().volumeUse().size(volume);
        cooper.containers().volumeUse().remove(volume.name());
        removed.add(volume.name());
        bytes += size;
      }
    }
    tell("Deleted Volumes:", removed);
  }

  /**
   * Removes images that no container uses; what that frees is told with {@link #reclaim}.
   *
   * @param all those too that have a name
   */
  public void images(boolean all) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StoredImage image : cooper.images().unused(all)) {
      for (String line : cooper.images().remove(image.id().toString(), true).lines()) {
        lines.add(line.replace("Untagged:", "untagged:").replace("Deleted:", "deleted:"));
      }
    }
    tell("Deleted Images:", lines);
  }

  /**
   * Removes what builds keep for later builds.
   *
   * @param all what an image has, too
   */
  public void buildCache(boolean all) throws IOException {
    BuildCache.Pruned pruned = cooper.buildCache().prune(entry -> all || !entry.shared(), 0);
    tell("Deleted build cache objects:", pruned.ids());
  }

  /** Gives the disk back what is in nobody's use any more. */
  public void reclaim() throws IOException {
    bytes += cooper.reclaim();
  }

  public void tellTotal() {
    out.println("Total reclaimed space: " + HumanSize.of(bytes));
  }

  private void tell(String heading, List<String> removed) {
    if (!removed.isEmpty()) {
      out.println(heading);
      removed.forEach(out::println);
      out.println();
    }
  }
}
