package dev.cooper.runtime;

import io.avaje.json.JsonException;
import io.avaje.json.mapper.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the short JSON answers of other programs, of which a member or two matters. */
public final class JsonIn {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonIn() {}

  /** The members of an object; none if {@code text} is not one. */
  public static Map<String, Object> object(String text) {
    try {
      return MAPPER.fromJsonObject(text);
    } catch (JsonException | IllegalStateException e) {
      return Map.of();
    }
  }

  /** The object that is the member {@code name}; no members if it is absent or no object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> member(Map<String, Object> object, String name) {
    return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The array that is the member {@code name}; empty if it is absent or no array. */
  public static List<?> list(Map<String, Object> object, String name) {
    return object.get(name) instanceof List<?> list ? list : List.of();
  }

  /** Those elements of the array {@code name} that are objects. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
    return list(object, name).stream()
        .filter(element -> element instanceof Map<?, ?>)
        .map(element -> (Map<String, Object>) element)
        .toList();
  }

  /** The text that is the member {@code name}; empty if it is absent or no text. */
  public static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  /** Whether the member {@code name} is true; absent or anything else is false. */
  public static boolean flag(Map<String, Object> object, String name) {
    return Boolean.TRUE.equals(object.get(name));
  }

  /** The number that is the member {@code name}, without its fraction. */
  public static long number(Map<String, Object> object, String name, long absent) {
    @Nullable Object value = object.get(name);
    return value instanceof Number number ? number.longValue() : absent;
  }
}
