package dev.cooper.api;

import dev.cooper.image.Healthcheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts that Docker's documents have in common. */
final class Documents {
  private Documents() {}

  /** Go's map of empty structs. */
  static Map<String, Object> set(Iterable<String> names) {
    Map<String, Object> set = new TreeMap<>();
    for (String name : names) {
      set.put(name, Map.of());
    }
    return set;
  }

  static Map<String, Object> map(Map<String, String> texts) {
    return new TreeMap<>(texts);
  }

  static List<Object> list(List<String> texts) {
    return new ArrayList<>(texts);
  }

  /** Go's nil slice is null in JSON. */
  static @Nullable List<Object> listOrNull(List<String> texts) {
    return texts.isEmpty() ? null : list(texts);
  }

  static Map<String, Object> healthcheck(Healthcheck check) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Test", list(check.test()));
    if (!check.interval().isZero()) {
      document.put("Interval", check.interval().toNanos());
    }
    if (!check.timeout().isZero()) {
      document.put("Timeout", check.timeout().toNanos());
    }
    if (!check.startPeriod().isZero()) {
      document.put("StartPeriod", check.startPeriod().toNanos());
    }
    if (check.retries() != 0) {
      document.put("Retries", check.retries());
    }
    return document;
  }
}
