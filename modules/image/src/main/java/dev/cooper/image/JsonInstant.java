package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A moment in RFC 3339, as Go writes it. */
@CustomAdapter(global = false)
final class JsonInstant implements JsonAdapter<Instant> {
  @Override
  public void toJson(JsonWriter writer, @Nullable Instant value) {
    if (value == null) {
      writer.nullValue();
    } else {
      writer.value(Rfc3339.format(value));
    }
  }

  @Override
  public @Nullable Instant fromJson(JsonReader reader) {
    if (reader.isNullValue()) {
      return null;
    }
    String text = reader.readString();
    return text.isEmpty() ? null : Rfc3339.parse(text);
  }
}
