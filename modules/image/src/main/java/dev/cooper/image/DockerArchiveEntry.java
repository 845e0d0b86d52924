package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * One image in the {@code manifest.json} of an archive as {@code docker save} writes and {@code
 * docker load} reads it.
 *
 * @param config where in the archive the config is
 * @param repoTags the image's names, as users write them
 * @param layers where in the archive the layers are, bottom first, packed or not
 */
@Json
public record DockerArchiveEntry(
    @Json.Property("Config") String config,
    @Json.Property("RepoTags") List<String> repoTags,
    @Json.Property("Layers") List<String> layers) {
  public DockerArchiveEntry {
    repoTags = repoTags == null ? List.of() : List.copyOf(repoTags);
    layers = layers == null ? List.of() : List.copyOf(layers);
  }

  /** The whole {@code manifest.json}. */
  public static byte[] toJson(List<DockerArchiveEntry> images) {
    return JsonDocuments.writeList(DockerArchiveEntry.class, images);
  }

  /**
   * The images of a {@code manifest.json}.
   *
   * @throws CooperException.Corrupt when it is none
   */
  public static List<DockerArchiveEntry> parse(byte[] json) {
    return JsonDocuments.parseList(DockerArchiveEntry.class, json, "manifest.json");
  }
}
