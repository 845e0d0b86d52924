package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import dev.cooper.image.Json;
import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The package.json of an installed Node package. */
final class NodePackage {
  private static final Jsonb JSON = Json.builder().build();

  private static final int DEEPEST = 100;

  private NodePackage() {}

  static List<Fact.Software> read(byte[] json) {
    if (!isShallow(json)) {
      return List.of();
    }
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
        Fact.Software.of(
            "npm",
            slash < 0 ? "" : name.substring(0, slash),
            name.substring(slash + 1),
            version,
            license(fields)));
  }

  /** Deeper nesting than any package's would exhaust the stack of the reader, which recurses. */
  private static boolean isShallow(byte[] json) {
    int depth = 0;
    boolean text = false;
    for (int i = 0; i < json.length && depth <= DEEPEST; i++) {
      switch (json[i]) {
        case '"' -> text = !text;
        case '\\' -> i++;
        case '[', '{' -> depth += text ? 0 : 1;
        case ']', '}' -> depth -= text ? 0 : 1;
        default -> {}
      }
    }
    return depth <= DEEPEST;
  }

  /** An SPDX expression; of old an object with its type, or a list of such objects. */
  private static String license(Map<?, ?> fields) {
    Object license = fields.get("license");
    List<?> all = fields.get("licenses") instanceof List<?> list ? list : List.of();
    StringBuilder text = new StringBuilder(license(license));
    for (Object one : text.isEmpty() ? all : List.of()) {
      text.append(text.isEmpty() || license(one).isEmpty() ? "" : ", ").append(license(one));
    }
    return text.toString();
  }

  private static String license(@Nullable Object license) {
    Object name = license instanceof Map<?, ?> object ? object.get("type") : license;
    return name instanceof String text ? text : "";
  }
}
