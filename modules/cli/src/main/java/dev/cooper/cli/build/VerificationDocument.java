package dev.cooper.cli.build;

import dev.cooper.api.Verification;
import dev.cooper.cli.format.JsonText;
import dev.cooper.explore.difference.ImageDifference.FileDifference;
import dev.cooper.explore.difference.ImageDifference.SettingDifference;
import dev.cooper.explore.difference.RebuildDifference.LayerDifference;
import dev.cooper.image.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verification found, as JSON, in the field names of {@code cooper diff --json}. */
final class VerificationDocument {
  private VerificationDocument() {}

  /**
   * {@code SourceDateEpoch} is absent where times were not compared; {@code Before} and {@code
   * After} of layers are absent where the images have different numbers of them.
   */
  static String of(Verification verification) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Same", verification.isSame());
    verification
        .epoch()
        .ifPresent(epoch -> document.put("SourceDateEpoch", epoch.getEpochSecond()));
    List<Object> platforms = new ArrayList<>();
    verification.platforms().forEach(each -> platforms.add(platform(each)));
    document.put("Platforms", platforms);
    return JsonText.indented(document);
  }

  private static Map<String, Object> platform(Verification.PlatformVerification each) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Platform", each.platform().toString());
    fields.put("Image", each.image().toString());
    fields.put("Rebuilt", each.rebuilt().toString());
    List<Object> settings = new ArrayList<>();
    for (SettingDifference setting : each.difference().config()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("Name", setting.name());
      one.put("Before", setting.before());
      one.put("After", setting.after());
      settings.add(one);
    }
    fields.put("Config", settings);
    List<Object> layers = new ArrayList<>();
    each.difference().layers().forEach(layer -> layers.add(layer(layer)));
    fields.put("Layers", layers);
    return fields;
  }

  private static Map<String, Object> layer(LayerDifference layer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Layer", layer.number());
    fields.put("Instruction", layer.instruction());
    put(fields, "Before", layer.before());
    put(fields, "After", layer.after());
    List<Object> files = new ArrayList<>();
    for (FileDifference file : layer.files()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("Path", "/" + file.path());
      one.put("Change", file.kind().word());
      one.put("Size", file.entry().size());
      one.put("What", file.what());
      files.add(one);
    }
    fields.put("Files", files);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, Optional<Digest> digest) {
    digest.ifPresent(value -> fields.put(name, value.toString()));
  }
}
