package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The layers an image's root file system is made of, by the digest of each uncompressed tar, bottom
 * first (image-spec, config.md "rootfs").
 *
 * @param type always {@code layers}
 * @param diffIds digests of the uncompressed layers, bottom first
 */
@Json
public record RootFs(String type, @Json.Property("diff_ids") List<Digest> diffIds) {
  public RootFs {
    type = type == null || type.isEmpty() ? "layers" : type;
    diffIds = diffIds == null ? List.of() : List.copyOf(diffIds);
  }

  public static RootFs of(List<Digest> diffIds) {
    return new RootFs("layers", diffIds);
  }
}
