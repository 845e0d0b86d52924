package dev.cooper.explore.difference;

import dev.cooper.explore.difference.ImageDifference.SettingDifference;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What an image's config says of its containers, as names and values. */
final class Settings {
  private Settings() {}

  /** The settings that differ, by name. */
  static List<SettingDifference> compare(ImageConfig before, ImageConfig after) {
    return compare(of(before), of(after));
  }

  /** The values that differ, by name; what is not in a map is empty. */
  static List<SettingDifference> compare(Map<String, String> old, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    List<SettingDifference> differences = new ArrayList<>();
    for (String name : names) {
      String a = old.getOrDefault(name, "");
      String b = now.getOrDefault(name, "");
      if (!a.equals(b)) {
        differences.add(new SettingDifference(name, a, b));
      }
    }
    return differences;
  }

  private static Map<String, String> of(ImageConfig image) {
    ContainerConfig config = image.config();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Platform", image.os() + "/" + image.architecture());
    settings.put("User", config.user());
    settings.put("WorkingDir", config.workingDir());
    settings.put("Entrypoint", config.entrypoint().isEmpty() ? "" : config.entrypoint().toString());
    settings.put("Cmd", config.cmd().isEmpty() ? "" : config.cmd().toString());
    settings.put("StopSignal", config.stopSignal() == null ? "" : config.stopSignal());
    settings.put("Shell", config.shell().isEmpty() ? "" : config.shell().toString());
    settings.put(
        "Healthcheck", config.healthcheck() == null ? "" : config.healthcheck().toString());
    for (String variable : config.env()) {
      int equals = variable.indexOf('=');
      settings.put(
          "Env " + (equals < 0 ? variable : variable.substring(0, equals)),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    config.labels().forEach((key, value) -> settings.put("Label " + key, value));
    config.exposedPorts().forEach(port -> settings.put("Port " + port, "exposed"));
    config.volumes().forEach(volume -> settings.put("Volume " + volume, "yes"));
    return settings;
  }
}
