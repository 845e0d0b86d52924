package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Python's core metadata of an installed package: the head of an e-mail. */
final class PythonPackage {
  private static final String CLASSIFIER = "License :: ";
  private static final String APPROVED = "OSI Approved :: ";

  /** Some packages put the whole text where the name should be. */
  private static final int LONGEST_LICENSE = 100;

  private PythonPackage() {}

  static boolean is(String path) {
    return path.endsWith(".dist-info/METADATA")
        || path.endsWith(".egg-info/PKG-INFO")
        || path.endsWith(".egg/EGG-INFO/PKG-INFO")
        || path.endsWith(".egg-info");
  }

  static List<Fact.Software> read(String text) {
    Map<String, String> fields = new HashMap<>();
    TreeSet<String> classified = new TreeSet<>();
    for (String line : text.lines().toList()) {
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        String value = line.substring(colon + 1).strip();
        String key = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (key.equals("classifier") && value.startsWith(CLASSIFIER)) {
          String license = value.substring(CLASSIFIER.length());
          if (!license.equals("OSI Approved")) {
            classified.add(
                license.startsWith(APPROVED) ? license.substring(APPROVED.length()) : license);
          }
        }
        fields.putIfAbsent(key, value);
      }
    }
    String name = fields.getOrDefault("name", "");
    if (name.isEmpty() || !fields.containsKey("metadata-version")) {
      return List.of();
    }
    String license = fields.getOrDefault("license-expression", fields.getOrDefault("license", ""));
    // What setuptools writes where nothing was declared.
    if (license.equals("UNKNOWN") || license.isEmpty() || license.length() > LONGEST_LICENSE) {
      license = String.join(", ", classified);
    }
    return List.of(
        Fact.Software.of(
            "pypi",
            "",
            name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"),
            fields.getOrDefault("version", ""),
            license));
  }
}
