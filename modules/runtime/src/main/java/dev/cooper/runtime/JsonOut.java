package dev.cooper.runtime;

import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.function.Consumer;

/** Writes JSON as a stream, a member a line of code; no binding, so nothing to load at start. */
public final class JsonOut {
  private static final JsonStream STREAM =
      JsonStream.builder().serializeEmpty(true).serializeNulls(true).build();

  private final JsonWriter writer;

  private JsonOut(JsonWriter writer) {
    this.writer = writer;
  }

  /** The UTF-8 text of one object. */
  public static byte[] object(Consumer<JsonOut> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonWriter writer = STREAM.writer(bytes)) {
      writer.beginObject();
      members.accept(new JsonOut(writer));
      writer.endObject();
    }
    return bytes.toByteArray();
  }

  /** A member that is a text. */
  public JsonOut text(String name, String value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  /** A member that is a number. */
  public JsonOut number(String name, long value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  /** A member that is true or false. */
  public JsonOut flag(String name, boolean value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  /** A member that is an array of texts. */
  public JsonOut texts(String name, Collection<String> values) {
    writer.name(name);
    writer.beginArray();
    values.forEach(writer::value);
    writer.endArray();
    return this;
  }

  JsonOut numbers(String name, Collection<? extends Number> values) {
    writer.name(name);
    writer.beginArray();
    values.forEach(value -> writer.value(value.longValue()));
    writer.endArray();
    return this;
  }

  /** A member that is an object. */
  public JsonOut object(String name, Consumer<JsonOut> members) {
    writer.name(name);
    element(members);
    return this;
  }

  /** An array; {@code elements} calls {@link #element} for each. */
  public JsonOut array(String name, Consumer<JsonOut> elements) {
    writer.name(name);
    writer.beginArray();
    elements.accept(this);
    writer.endArray();
    return this;
  }

  /** An object within an array. */
  public JsonOut element(Consumer<JsonOut> members) {
    writer.beginObject();
    members.accept(this);
    writer.endObject();
    return this;
  }
}
