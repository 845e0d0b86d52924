package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one image: its config and its layers, bottom first (image-spec, manifest.md;
 * Docker's image manifest version 2, schema 2 has the same shape).
 *
 * @param schemaVersion always 2
 * @param mediaType OCI's or Docker's manifest type; null when the document does not say
 * @param artifactType what an artifact that is no image is; null for images
 * @param config the config blob
 * @param layers the layer blobs, bottom first
 * @param subject the manifest that this one says something about; null for images
 * @param annotations free key/value pairs, in the order of keys
 */
@Json
public record Manifest(
    int schemaVersion,
    @Nullable String mediaType,
    @Nullable String artifactType,
    Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    @Json.Serializer(JsonLabels.class) Map<String, String> annotations) {
  /**
   * @throws CooperException.Corrupt when the schema version is not 2 or there is no config
   */
  public Manifest {
    if (schemaVersion != 2) {
      throw new CooperException.Corrupt("unsupported manifest schema version: " + schemaVersion);
    }
    if (config == null) {
      throw new CooperException.Corrupt("manifest without a config");
    }
    layers = layers == null ? List.of() : List.copyOf(layers);
    annotations = Descriptor.sorted(annotations);
  }

  /** An OCI image manifest. */
  public static Manifest of(Descriptor config, List<Descriptor> layers) {
    return new Manifest(2, MediaTypes.OCI_MANIFEST, null, config, layers, null, Map.of());
  }

  /**
   * Reads a manifest's JSON; fields it does not know are passed over.
   *
   * @throws CooperException.Corrupt when it is not a manifest
   */
  public static Manifest parse(byte[] json) {
    return JsonDocuments.parse(Manifest.class, json, "manifest");
  }

  /** The manifest as JSON: always the same bytes for equal manifests. */
  public byte[] toJson() {
    return JsonDocuments.write(Manifest.class, this);
  }
}
