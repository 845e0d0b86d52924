package dev.cooper.registry;

import dev.cooper.image.Image;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that registries answer with, beside the image's own documents. */
final class RegistryAnswers {
  /** Nothing that is read into memory is larger. */
  static final int LIMIT = Image.DOCUMENT_LIMIT;

  private RegistryAnswers() {}

  /** Why a request failed (OCI distribution-spec, "Error Codes"). */
  @Json
  record Problems(@Nullable List<Problem> errors) {}

  /** One reason. */
  @Json
  record Problem(@Nullable String code, @Nullable String message) {}

  /** The tags of a repository. */
  @Json
  record Tags(@Nullable List<String> tags) {}

  /** The reasons that an answer gives; none when it is something else. */
  static List<Problem> problems(byte[] body) {
    try {
      Problems problems = RegistryJson.JSONB.type(Problems.class).fromJson(body);
      return problems == null || problems.errors() == null ? List.of() : problems.errors();
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      return List.of();
    }
  }

  /** The tags that an answer lists. */
  static List<String> tags(byte[] body) {
    try {
      Tags tags = RegistryJson.JSONB.type(Tags.class).fromJson(body);
      return tags == null || tags.tags() == null ? List.of() : tags.tags();
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new dev.cooper.image.CooperException.Corrupt("malformed list of tags", null, e);
    }
  }
}
