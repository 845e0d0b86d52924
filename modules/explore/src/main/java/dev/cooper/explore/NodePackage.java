package dev.cooper.explore;

import dev.cooper.image.Json;
import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Map;

/** The package.json of an installed Node package. */
final class NodePackage {
  private static final Jsonb JSON = Json.builder().build();

  private NodePackage() {}

  static List<Fact.Software> read(byte[] json) {
    Object document;
    try {
      document = JSON.type(Object.class).fromJson(json);
    } catch (RuntimeException e) {
      // Packages carry broken ones as test data.
      return List.of();
    }
    if (!(document instanceof Map<?, ?> fields)
        || !(fields.get("name") instanceof String name)
        || !(fields.get("version") instanceof String version)
        || name.isEmpty()) {
      return List.of();
    }
    int slash = name.startsWith("@") ? name.indexOf('/') : -1;
    return List.of(
        new Fact.Software(
            "npm",
            slash < 0 ? "" : name.substring(0, slash),
            name.substring(slash + 1),
            version,
            "",
            fields.get("license") instanceof String license ? license : ""));
  }
}
