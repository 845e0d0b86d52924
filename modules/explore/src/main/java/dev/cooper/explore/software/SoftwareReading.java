package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the files in which package managers note what is installed. */
public final class SoftwareReading {
  /** The largest distribution's database is some megabytes; RPM's of Berkeley DB are larger. */
  private static final int MAX_SIZE = 64 << 20;

  private static final int MAX_RPM_SIZE = 256 << 20;

  /** Of a file about one package. */
  private static final int MAX_PACKAGE_SIZE = 2 << 20;

  /**
   * The states in which a package's files are there (dpkg(1), "Package states"). Of one that is
   * half-installed nobody knows.
   */
  private static final Set<String> PRESENT =
      Set.of("installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending");

  private SoftwareReading() {}

  /** Whether a file says what is installed, going by its path. */
  public static boolean isCandidate(String path) {
    return kind(path) != Kind.NONE;
  }

  private enum Kind {
    DPKG,
    COPYRIGHT,
    APK,
    RPM,
    RPM_MANIFEST,
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
    if (DebianCopyright.is(path)) {
      return Kind.COPYRIGHT;
    }
    if (RpmDatabase.is(path)) {
      return Kind.RPM;
    }
    if (path.equals("var/lib/rpmmanifest/container-manifest-2")) {
      return Kind.RPM_MANIFEST;
    }
    if (path.equals("lib/apk/db/installed") || path.equals("usr/lib/apk/db/installed")) {
      return Kind.APK;
    }
    if (PythonPackage.is(path)) {
      return Kind.PYTHON;
    }
    if (path.endsWith("/package.json") && path.contains("node_modules/")) {
      return Kind.NODE;
    }
    return JavaArchive.is(path) ? Kind.JAVA : Kind.NONE;
  }

  /**
   * What a file that {@link #isCandidate} named says; empty when it is malformed. Of a database
   * that cannot be read, that it cannot.
   *
   * @param path where it is
   * @param size of its content, in bytes
   */
  public static List<? extends Fact> read(String path, long size, InputStream content)
      throws IOException {
    Kind kind = kind(path);
    if (kind == Kind.JAVA) {
      return JavaArchive.read(path.substring(path.lastIndexOf('/') + 1), content);
    }
    if (kind == Kind.PYTHON) {
      // A read-me follows what is of interest, and may be long.
      return PythonPackage.read(
          new String(content.readNBytes(MAX_PACKAGE_SIZE), StandardCharsets.UTF_8));
    }
    int most =
        switch (kind) {
          case RPM -> MAX_RPM_SIZE;
          case COPYRIGHT, NODE -> MAX_PACKAGE_SIZE;
          default -> MAX_SIZE;
        };
    if (size > most) {
      boolean database = kind == Kind.DPKG || kind == Kind.APK || kind == Kind.RPM;
      return database
          ? List.of(new Fact.Unread("it is larger than " + (most >> 20) + " MiB"))
          : List.of();
    }
    return switch (kind) {
      case DPKG -> dpkg(text(content));
      case COPYRIGHT -> DebianCopyright.read(text(content)).stream().toList();
      case APK -> apk(text(content));
      case RPM -> RpmDatabase.read(content.readAllBytes());
      case RPM_MANIFEST -> rpmManifest(text(content));
      case NODE -> NodePackage.read(content.readAllBytes());
      case PYTHON, JAVA, NONE -> List.of();
    };
  }

  private static String text(InputStream content) throws IOException {
    return new String(content.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Paragraphs of fields (deb-control(5)); only packages whose files are there. */
  static List<Fact.Software> dpkg(String text) {
    List<Fact.Software> found = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n")) {
      Map<String, String> fields = fields(paragraph);
      String status = fields.getOrDefault("status", "install ok installed");
      if (fields.containsKey("package")
          && PRESENT.contains(status.substring(status.lastIndexOf(' ') + 1))) {
        found.add(
            new Fact.Software(
                "deb",
                "",
                fields.getOrDefault("package", ""),
                fields.getOrDefault("version", ""),
                fields.getOrDefault("architecture", ""),
                "",
                source(fields.getOrDefault("source", ""))));
      }
    }
    return found;
  }

  /** {@code gcc-12 (12.2.0-14)}, the version only where it is another than the package's. */
  private static String source(String field) {
    int open = field.indexOf('(');
    int close = field.indexOf(')');
    return open < 0 || close < open
        ? field
        : field.substring(0, open).strip() + "@" + field.substring(open + 1, close).strip();
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
        String origin = fields.getOrDefault('o', "");
        found.add(
            new Fact.Software(
                "apk",
                "",
                fields.getOrDefault('P', ""),
                fields.getOrDefault('V', ""),
                fields.getOrDefault('A', ""),
                fields.getOrDefault('L', ""),
                origin.equals(fields.get('P')) ? "" : origin));
      }
    }
    return found;
  }

  /**
   * A package a line, as Azure Linux notes them in images that have no database: name, version and
   * release, two times, vendor, epoch, size, architecture, epoch as a number, source package.
   */
  static List<Fact.Software> rpmManifest(String text) {
    List<Fact.Software> found = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] fields = line.strip().split("\t");
      // As of the database itself, a key to check packages with is none.
      if (fields.length >= 10 && !fields[0].equals("gpg-pubkey")) {
        String epoch = fields[8].equals("0") ? "" : fields[8] + ":";
        found.add(
            new Fact.Software("rpm", "", fields[0], epoch + fields[1], fields[7], "", fields[9]));
      }
    }
    return found;
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
