package dev.cooper.cli.build;

import dev.cooper.builder.BuildResult;
import dev.cooper.cli.format.JsonText;
import dev.cooper.image.Descriptor;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code --metadata-file} gets, by the keys of {@code docker buildx build}. */
final class Metadata {
  private Metadata() {}

  /** The facts of an image; an empty object if only files were written. */
  static String of(BuildResult result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    BuildResult.Exported exported = result.exported();
    if (exported != null) {
      Descriptor target = exported.target();
      if (!MediaTypes.isIndex(target.mediaType())) {
        facts.put("containerimage.config.digest", result.imageId().toString());
      }
      facts.put("containerimage.descriptor", descriptor(target));
      facts.put("containerimage.digest", target.digest().toString());
      if (!exported.names().isEmpty()) {
        facts.put("image.name", OutputFlags.names(exported.names()));
      }
    }
    return JsonText.indented(facts) + "\n";
  }

  private static Map<String, Object> descriptor(Descriptor target) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mediaType", target.mediaType());
    fields.put("digest", target.digest().toString());
    fields.put("size", target.size());
    if (!target.annotations().isEmpty()) {
      fields.put("annotations", target.annotations());
    }
    Platform platform = target.platform();
    if (platform != null) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("architecture", platform.architecture());
      parts.put("os", platform.os());
      if (platform.variant() != null) {
        parts.put("variant", platform.variant());
      }
      fields.put("platform", parts);
    }
    return fields;
  }
}
