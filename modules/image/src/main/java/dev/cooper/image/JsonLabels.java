package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.AdapterFactory;
import io.avaje.jsonb.CustomAdapter;
import java.util.Map;
import java.util.TreeMap;

/** A map of texts that is left out when it is empty. */
@CustomAdapter(global = false)
final class JsonLabels implements JsonAdapter<Map<String, String>> {
  /** How the generated code finds this adapter, which is chosen by name, never by type. */
  public static final AdapterFactory FACTORY =
      (type, jsonb) -> type == JsonLabels.class ? new JsonLabels() : null;

  @Override
  public void toJson(JsonWriter writer, Map<String, String> values) {
    if (values.isEmpty()) {
      writer.nullValue();
      return;
    }
    writer.beginObject();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      writer.name(entry.getKey());
      writer.value(entry.getValue());
    }
    writer.endObject();
  }

  @Override
  public Map<String, String> fromJson(JsonReader reader) {
    if (reader.isNullValue()) {
      return Map.of();
    }
    Map<String, String> values = new TreeMap<>();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      values.put(name, reader.isNullValue() ? "" : reader.readString());
    }
    reader.endObject();
    return values;
  }
}
