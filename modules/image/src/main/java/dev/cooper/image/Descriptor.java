package dev.cooper.image;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to a blob: what it is, its digest and its size (OCI image-spec, descriptor.md).
 *
 * @param mediaType what the bytes are; one of {@link MediaTypes} for what Cooper understands
 * @param digest the name of the bytes
 * @param size their number, 0 or more
 * @param annotations free key/value pairs, in the order of their keys
 * @param platform in an index, what the manifest's image runs on; null elsewhere
 */
@RecordBuilder
@Json
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    @Json.Serializer(JsonLabels.class) Map<String, String> annotations,
    @Nullable Platform platform)
    implements DescriptorBuilder.With {
  /** The annotation of an index entry that holds an image's name or tag. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** The annotation of a layer that holds the instruction which made it, as it was written. */
  public static final String INSTRUCTION = "dev.cooper.layer.instruction";

  /**
   * @throws CooperException.Corrupt when the digest is missing or the size is negative
   */
  public Descriptor {
    if (digest == null) {
      throw new CooperException.Corrupt("descriptor without a digest");
    }
    if (size < 0) {
      throw new CooperException.Corrupt("descriptor " + digest + " has a negative size: " + size);
    }
    mediaType = mediaType == null ? "" : mediaType;
    annotations = sorted(annotations);
  }

  /** A descriptor without annotations or platform. */
  public static Descriptor of(String mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, Map.of(), null);
  }

  /** The descriptor of these bytes, named by their SHA-256. */
  public static Descriptor of(String mediaType, byte[] bytes) {
    return of(mediaType, Digest.sha256(bytes), bytes.length);
  }

  static Map<String, String> sorted(@Nullable Map<String, String> map) {
    return map == null || map.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
