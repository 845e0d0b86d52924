package dev.cooper.builder.exchange;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The config of a manifest that carries results of steps; its layers are the results'.
 *
 * @param version 1
 */
@Json
record CacheDocument(int version, List<Step> steps) {
  static final String MEDIA_TYPE = "application/vnd.cooper.build-cache.v1+json";
  static final int VERSION = 1;

  CacheDocument {
    steps = List.copyOf(steps);
  }

  /**
   * One result.
   *
   * @param key a digest
   * @param created RFC 3339
   * @param layer the digest of one of the manifest's layers; null for a step without one
   * @param diffId the digest of the uncompressed layer; null for a step without one
   */
  @Json
  record Step(String key, String created, @Nullable String layer, @Nullable String diffId) {}
}
