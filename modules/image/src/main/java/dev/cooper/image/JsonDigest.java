package dev.cooper.image;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;

/** A digest as its text. */
@CustomAdapter
final class JsonDigest implements JsonAdapter<Digest> {
  @Override
  public void toJson(JsonWriter writer, Digest value) {
    writer.value(value.toString());
  }

  @Override
  public Digest fromJson(JsonReader reader) {
    return Digest.parse(reader.readString());
  }
}
