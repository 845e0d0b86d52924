package dev.cooper.explore;

import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the files in which package managers note what is installed. */
final class SoftwareReading {
  /** The largest distribution's database is some megabytes. */
  private static final int MAX_SIZE = 64 << 20;

  private SoftwareReading() {}

  static boolean isCandidate(TarEntry entry) {
    return entry.size() <= MAX_SIZE && kind(entry.path()) != Kind.NONE;
  }

  private enum Kind {
    DPKG,
    APK,
    RPM,
    PYTHON,
    NODE,
    JAVA,
    NONE
  }

  private static Kind kind(String path) {
    if (path.equals("var/lib/dpkg/status")
        || path.startsWith("var/lib/dpkg/status.d/") && !path.endsWith(".md5sums")) {
      return Kind.DPKG;
    }
    if (RpmDatabase.is(path)) {
      return Kind.RPM;
    }
    if (path.endsWith("lib/apk/db/installed")) {
      return Kind.APK;
    }
    if (path.endsWith(".dist-info/METADATA")
        || path.endsWith(".egg-info/PKG-INFO")
        || path.endsWith(".egg-info")) {
      return Kind.PYTHON;
    }
    if (path.endsWith("/package.json") && path.contains("node_modules/")) {
      return Kind.NODE;
    }
    return path.endsWith(".jar") || path.endsWith(".war") || path.endsWith(".ear")
        ? Kind.JAVA
        : Kind.NONE;
  }

  /** What a file that {@link #isCandidate} named says; empty when it is malformed. */
  static List<Fact.Software> read(TarEntry entry, InputStream content) throws IOException {
    return switch (kind(entry.path())) {
      case DPKG -> dpkg(text(content));
      case APK -> apk(text(content));
      case RPM -> RpmDatabase.read(content.readAllBytes());
      case PYTHON -> python(text(content));
      case NODE -> NodePackage.read(content.readAllBytes());
      case JAVA -> JavaArchive.read(entry.name(), content);
      case NONE -> List.of();
    };
  }

  private static String text(InputStream content) throws IOException {
    return new String(content.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Paragraphs of fields (deb-control(5)); only packages that are installed. */
  static List<Fact.Software> dpkg(String text) {
    List<Fact.Software> found = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n")) {
      Map<String, String> fields = fields(paragraph);
      String status = fields.getOrDefault("status", "install ok installed");
      if (fields.containsKey("package") && status.endsWith(" installed")) {
        found.add(
            new Fact.Software(
                "deb",
                "",
                fields.getOrDefault("package", ""),
                fields.getOrDefault("version", ""),
                fields.getOrDefault("architecture", ""),
                ""));
      }
    }
    return found;
  }

  /** Paragraphs of one-letter fields (apk's installed database). */
  static List<Fact.Software> apk(String text) {
    List<Fact.Software> found = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n")) {
      Map<Character, String> fields = new HashMap<>();
      for (String line : paragraph.split("\n")) {
        if (line.length() > 2 && line.charAt(1) == ':') {
          fields.putIfAbsent(line.charAt(0), line.substring(2).strip());
        }
      }
      if (fields.containsKey('P')) {
        found.add(
            new Fact.Software(
                "apk",
                "",
                fields.getOrDefault('P', ""),
                fields.getOrDefault('V', ""),
                fields.getOrDefault('A', ""),
                fields.getOrDefault('L', "")));
      }
    }
    return found;
  }

  /** Python's core metadata: the head of an e-mail. */
  static List<Fact.Software> python(String text) {
    int end = text.indexOf("\n\n");
    Map<String, String> fields = fields(end < 0 ? text : text.substring(0, end));
    String name = fields.getOrDefault("name", "");
    if (name.isEmpty() || !fields.containsKey("metadata-version")) {
      return List.of();
    }
    String license = fields.getOrDefault("license-expression", fields.getOrDefault("license", ""));
    return List.of(
        new Fact.Software(
            "pypi",
            "",
            name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"),
            fields.getOrDefault("version", ""),
            "",
            license.length() > 100 ? "" : license));
  }

  /** Fields by lower-case name; of several lines the first. */
  private static Map<String, String> fields(String paragraph) {
    Map<String, String> fields = new HashMap<>();
    for (String line : paragraph.split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        fields.putIfAbsent(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }
}
