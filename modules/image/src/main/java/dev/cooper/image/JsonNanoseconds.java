package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.time.Duration;

/** A duration as a number of nanoseconds, left out when it is zero. */
@CustomAdapter(global = false)
final class JsonNanoseconds implements JsonAdapter<Duration> {
  @Override
  public void toJson(JsonWriter writer, Duration value) {
    if (value.isZero()) {
      writer.nullValue();
    } else {
      writer.value(value.toNanos());
    }
  }

  @Override
  public Duration fromJson(JsonReader reader) {
    return reader.isNullValue() ? Duration.ZERO : Duration.ofNanos(reader.readLong());
  }
}
