package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of how an image was made (image-spec, config.md "history").
 *
 * @param created when the step ran; null when unknown
 * @param createdBy the command or instruction
 * @param author who is responsible; null when unknown
 * @param comment a remark; null when there is none
 * @param emptyLayer whether the step left no layer; null means that it left one
 */
@Json
public record History(
    @Json.Serializer(JsonInstant.class) @Nullable Instant created,
    @Json.Property("created_by") @Nullable String createdBy,
    @Nullable String author,
    @Nullable String comment,
    @Json.Property("empty_layer") @Nullable Boolean emptyLayer) {
  public History {
    emptyLayer = Boolean.TRUE.equals(emptyLayer) ? true : null;
  }

  /** Whether the step left no layer. */
  public boolean isEmptyLayer() {
    return emptyLayer != null;
  }
}
