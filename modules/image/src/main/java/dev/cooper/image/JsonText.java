package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import org.jspecify.annotations.Nullable;

/** A text that is left out when it is empty, as Go's omitempty does. */
@CustomAdapter(global = false)
final class JsonText implements JsonAdapter<String> {
  @Override
  public void toJson(JsonWriter writer, String value) {
    if (value.isEmpty()) {
      writer.nullValue();
    } else {
      writer.value(value);
    }
  }

  @Override
  public @Nullable String fromJson(JsonReader reader) {
    return reader.isNullValue() ? null : reader.readString();
  }
}
