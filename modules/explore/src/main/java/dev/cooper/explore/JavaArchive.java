package dev.cooper.explore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * What a Java archive says it is made of: Maven's pom.properties, also of archives inside it; else
 * its manifest; else its file name.
 */
final class JavaArchive {
  private static final int MAX_DEPTH = 2;
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_DESCRIPTION = 1 << 20;
  private static final Pattern FILE_NAME =
      Pattern.compile("(.+?)-(\\d[\\w.+-]*?)(?:\\.jar|\\.war|\\.ear)");

  private final List<Fact.Software> found = new ArrayList<>();
  private int entries;

  private JavaArchive() {}

  static List<Fact.Software> read(String fileName, InputStream content) throws IOException {
    JavaArchive archive = new JavaArchive();
    try {
      archive.archive(fileName, content, 0);
    } catch (ZipException | IllegalArgumentException e) {
      // Damaged, or not a zip file at all: what was found up to here stands.
      return archive.found;
    }
    return archive.found;
  }

  private void archive(String fileName, InputStream content, int depth) throws IOException {
    ZipInputStream zip = new ZipInputStream(content, StandardCharsets.UTF_8);
    int before = found.size();
    Map<String, String> manifest = new HashMap<>();
    boolean any = false;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      any = true;
      if (++entries > MAX_ENTRIES) {
        return;
      }
      String name = entry.getName();
      if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
        pom(zip.readNBytes(MAX_DESCRIPTION));
      } else if (name.equals("META-INF/MANIFEST.MF")) {
        manifest = manifest(zip.readNBytes(MAX_DESCRIPTION));
      } else if (name.endsWith(".jar") && depth < MAX_DEPTH) {
        archive(name.substring(name.lastIndexOf('/') + 1), zip, depth + 1);
      }
    }
    if (any && found.size() == before) {
      byName(fileName, manifest);
    }
  }

  private void pom(byte[] bytes) throws IOException {
    Properties properties = new Properties();
    properties.load(new java.io.ByteArrayInputStream(bytes));
    String artifact = properties.getProperty("artifactId", "");
    if (!artifact.isEmpty()) {
      found.add(
          new Fact.Software(
              "maven",
              properties.getProperty("groupId", ""),
              artifact,
              properties.getProperty("version", ""),
              "",
              ""));
    }
  }

  private static Map<String, String> manifest(byte[] bytes) {
    Map<String, String> fields = new HashMap<>();
    try {
      Attributes main = new Manifest(new java.io.ByteArrayInputStream(bytes)).getMainAttributes();
      main.forEach((key, value) -> fields.put(key.toString(), value.toString()));
    } catch (IOException e) {
      // A manifest that Java itself would not accept tells nothing.
      return Map.of();
    }
    return fields;
  }

  private void byName(String fileName, Map<String, String> manifest) {
    Matcher matcher = FILE_NAME.matcher(fileName);
    boolean named = matcher.matches();
    String name =
        named
            ? matcher.group(1)
            : manifest.getOrDefault(
                "Implementation-Title", fileName.replaceFirst("\\.[jwe]ar$", ""));
    String version =
        named
            ? matcher.group(2)
            : manifest.getOrDefault(
                "Implementation-Version", manifest.getOrDefault("Bundle-Version", ""));
    if (!version.isEmpty()) {
      found.add(
          new Fact.Software(
              "maven",
              manifest.getOrDefault("Implementation-Vendor-Id", ""),
              name,
              version,
              "",
              ""));
    }
  }
}
