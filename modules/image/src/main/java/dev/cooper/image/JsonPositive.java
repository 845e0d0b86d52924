package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;

/** A number that is left out when it is zero. */
@CustomAdapter(global = false)
final class JsonPositive implements JsonAdapter<Integer> {
  @Override
  public void toJson(JsonWriter writer, Integer value) {
    if (value == 0) {
      writer.nullValue();
    } else {
      writer.value(value.intValue());
    }
  }

  @Override
  public Integer fromJson(JsonReader reader) {
    return reader.isNullValue() ? 0 : reader.readInt();
  }
}
