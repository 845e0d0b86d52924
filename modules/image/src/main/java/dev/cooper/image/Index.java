package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list of manifests: one image for several platforms, or the table of contents of an image layout
 * (image-spec, image-index.md; Docker's manifest list has the same shape).
 *
 * @param schemaVersion always 2
 * @param mediaType OCI's or Docker's index type; null when the document does not say
 * @param artifactType what an artifact that is no image is; null for images
 * @param manifests the entries
 * @param subject the manifest that this index says something about; null for images
 * @param annotations free key/value pairs, in the order of keys
 */
@Json
public record Index(
    int schemaVersion,
    @Nullable String mediaType,
    @Nullable String artifactType,
    List<Descriptor> manifests,
    @Nullable Descriptor subject,
    @Json.Serializer(JsonLabels.class) Map<String, String> annotations) {
  /**
   * @throws CooperException.Corrupt when the schema version is not 2
   */
  public Index {
    if (schemaVersion != 2) {
      throw new CooperException.Corrupt("unsupported index schema version: " + schemaVersion);
    }
    manifests = manifests == null ? List.of() : List.copyOf(manifests);
    annotations = Descriptor.sorted(annotations);
  }

  /** An OCI index of these entries. */
  public static Index of(List<Descriptor> manifests) {
    return new Index(2, MediaTypes.OCI_INDEX, null, manifests, null, Map.of());
  }

  /**
   * Reads an index's JSON; fields it does not know are passed over.
   *
   * @throws CooperException.Corrupt when it is not an index
   */
  public static Index parse(byte[] json) {
    return JsonDocuments.parse(Index.class, json, "image index");
  }

  /** The same with other entries, as a document of another type; either may be what it was. */
  public Index withManifests(String changedType, List<Descriptor> changed) {
    return new Index(schemaVersion, changedType, artifactType, changed, subject, annotations);
  }

  /** The index as JSON: always the same bytes for equal indexes. */
  public byte[] toJson() {
    return JsonDocuments.write(Index.class, this);
  }

  /**
   * The entry for a platform: an exact match first, then one that the platform accepts. An entry
   * that names no platform fits any, when nothing better is there.
   */
  public Optional<Descriptor> find(Platform wanted) {
    Descriptor accepted = null;
    Descriptor unnamed = null;
    for (Descriptor entry : manifests) {
      Platform offered = entry.platform();
      if (offered == null) {
        unnamed = unnamed == null ? entry : unnamed;
      } else if (offered.equals(wanted)) {
        return Optional.of(entry);
      } else if (accepted == null && wanted.accepts(offered)) {
        accepted = entry;
      }
    }
    return Optional.ofNullable(accepted != null ? accepted : unnamed);
  }
}
