package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.AdapterFactory;
import io.avaje.jsonb.CustomAdapter;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of texts that is left out when it is empty. A lone text is read as a list of one: old
 * images hold {@code "Entrypoint": "/bin/sh"}, which Docker accepts.
 */
@CustomAdapter(global = false)
final class JsonTexts implements JsonAdapter<List<String>> {
  /** How the generated code finds this adapter, which is chosen by name, never by type. */
  public static final AdapterFactory FACTORY =
      (type, jsonb) -> type == JsonTexts.class ? new JsonTexts() : null;

  @Override
  public void toJson(JsonWriter writer, List<String> values) {
    if (values.isEmpty()) {
      writer.nullValue();
      return;
    }
    writer.beginArray();
    for (String value : values) {
      writer.value(value);
    }
    writer.endArray();
  }

  @Override
  public List<String> fromJson(JsonReader reader) {
    if (reader.isNullValue()) {
      return List.of();
    }
    if (reader.currentToken() == JsonReader.Token.STRING) {
      return List.of(reader.readString());
    }
    List<String> values = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNextElement()) {
      values.add(reader.readString());
    }
    reader.endArray();
    return values;
  }
}
