package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a user wants mounted.
 *
 * @param mounts binds, volumes and tmpfs, in the order given
 * @param from containers whose volumes it gets too: {@code NAME[:ro]}
 */
@Json
public record Storage(List<MountRequest> mounts, List<String> from) {
  /** The image's volumes only. */
  public static final Storage PLAIN = new Storage(List.of(), List.of());

  public Storage {
    mounts = List.copyOf(mounts);
    // Containers made by an earlier version say nothing of it.
    from = from == null ? List.of() : List.copyOf(from);
  }
}
