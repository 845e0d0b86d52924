package dev.cooper.image;

import dev.cooper.image.jsonb.GeneratedJsonComponent;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.jsonb.Jsonb;
import java.util.List;

/** Image documents to and from JSON, with Go's idea of what is left out. */
final class JsonDocuments {
  private static final Jsonb JSONB =
      Json.builder(new GeneratedJsonComponent()).serializeNulls(false).serializeEmpty(true).build();

  private JsonDocuments() {}

  static <T> T parse(Class<T> type, byte[] json, String what) {
    T document;
    try {
      document = JSONB.type(type).fromJson(json);
    } catch (CooperException.Corrupt e) {
      throw e;
    } catch (CooperException | JsonException | IndexOutOfBoundsException e) {
      throw new CooperException.Corrupt("malformed " + what + ": " + firstLine(e), null, e);
    } catch (StackOverflowError e) {
      throw tooDeep(what);
    }
    if (document == null) {
      throw new CooperException.Corrupt("malformed " + what + ": null");
    }
    return document;
  }

  static <T> byte[] write(Class<T> type, T document) {
    return JSONB.type(type).toJsonBytes(document);
  }

  static <T> byte[] writeList(Class<T> type, List<T> documents) {
    return JSONB.type(type).list().toJsonBytes(documents);
  }

  static <T> List<T> parseList(Class<T> type, byte[] json, String what) {
    try {
      List<T> documents = JSONB.type(type).list().fromJson(json);
      if (documents == null) {
        throw new CooperException.Corrupt("malformed " + what + ": null");
      }
      return documents;
    } catch (JsonException | IndexOutOfBoundsException e) {
      throw new CooperException.Corrupt("malformed " + what + ": " + firstLine(e), null, e);
    } catch (StackOverflowError e) {
      throw tooDeep(what);
    }
  }

  /**
   * Whether a document is an index rather than a manifest. Some descriptors do not say, or say so
   * wrongly; then the document does: an index has {@code manifests} and no {@code config}.
   */
  static boolean isIndex(String mediaType, byte[] json) {
    if (MediaTypes.isIndex(mediaType) || MediaTypes.isManifest(mediaType)) {
      return MediaTypes.isIndex(mediaType);
    }
    try (JsonReader reader = JSONB.reader(json)) {
      reader.beginObject();
      while (reader.hasNextField()) {
        switch (reader.nextField()) {
          case "manifests" -> {
            return true;
          }
          case "config", "layers" -> {
            return false;
          }
          default -> reader.skipValue();
        }
      }
      return false;
    } catch (JsonException | IndexOutOfBoundsException e) {
      throw new CooperException.Corrupt("malformed manifest: " + firstLine(e), null, e);
    } catch (StackOverflowError e) {
      throw tooDeep("manifest");
    }
  }

  /** The library recurses, also over what it passes over; half-read values are thrown away. */
  private static CooperException.Corrupt tooDeep(String what) {
    return new CooperException.Corrupt("malformed " + what + ": nested too deeply");
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int newline = message.indexOf('\n');
    return newline < 0 ? message : message.substring(0, newline);
  }
}
