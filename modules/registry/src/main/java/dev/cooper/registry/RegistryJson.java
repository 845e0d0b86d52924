package dev.cooper.registry;

import dev.cooper.image.Json;
import io.avaje.jsonb.Jsonb;

/** Reads and writes the JSON of registries and of credentials. */
final class RegistryJson {
  static final Jsonb JSONB = Json.builder(new RegistryJsonComponent()).build();

  private RegistryJson() {}
}
