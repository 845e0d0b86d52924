package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a user wants mounted.
 *
 * @param mounts binds, volumes and tmpfs, in the order given
 */
@Json
public record Storage(List<MountRequest> mounts) {
  /** The image's volumes only. */
  public static final Storage PLAIN = new Storage(List.of());

  public Storage {
    mounts = List.copyOf(mounts);
  }
}
