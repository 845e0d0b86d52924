package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.AdapterFactory;
import io.avaje.jsonb.CustomAdapter;
import java.util.Set;
import java.util.TreeSet;

/** A set of names as an object of empty objects, Go's {@code map[string]struct{}}. */
@CustomAdapter(global = false)
final class JsonNames implements JsonAdapter<Set<String>> {
  /** How the generated code finds this adapter, which is chosen by name, never by type. */
  public static final AdapterFactory FACTORY =
      (type, jsonb) -> type == JsonNames.class ? new JsonNames() : null;

  @Override
  public void toJson(JsonWriter writer, Set<String> names) {
    if (names.isEmpty()) {
      writer.nullValue();
      return;
    }
    writer.beginObject();
    for (String name : names) {
      writer.name(name);
      writer.beginObject();
      writer.endObject();
    }
    writer.endObject();
  }

  @Override
  public Set<String> fromJson(JsonReader reader) {
    if (reader.isNullValue()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    reader.beginObject();
    while (reader.hasNextField()) {
      names.add(reader.nextField());
      reader.skipValue();
    }
    reader.endObject();
    return names;
  }
}
