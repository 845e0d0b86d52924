package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a Java archive says it is made of: Maven's pom.properties, its own and those of what was
 * merged into it; where none of them is its own, its file name or its manifest; and the same of the
 * archives inside it.
 */
final class JavaArchive {
  /** Libraries, applications, resource adapters, and Jenkins', Karaf's, NiFi's and Liferay's. */
  private static final Set<String> ENDINGS =
      Set.of("jar", "war", "ear", "rar", "par", "sar", "hpi", "jpi", "kar", "nar", "lpkg");

  private static final int MAX_DEPTH = 3;
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_MANIFEST = 1 << 20;

  /** Three lines and a comment. */
  private static final int MAX_POM = 64 << 10;

  /** Of all archives within one; the largest programs are merged from some thousand. */
  private static final int MAX_POMS = 20_000;

  /**
   * Of all archives within one, so that a small file cannot keep a processor busy for ever: some
   * seconds' work, and several times what the largest programs unpack to.
   */
  private static final long MAX_UNPACKED = 2L << 30;

  /** The shell script that makes an archive a program is some kilobytes. */
  private static final int MAX_SCRIPT = 64 << 10;

  /** What a file may be called; a name inside an archive can be longer. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_LICENSE = 100;
  private static final Set<String> OF_MANIFEST =
      Set.of(
          "Implementation-Title",
          "Implementation-Version",
          "Implementation-Vendor-Id",
          "Bundle-Version",
          "Bundle-License");
  private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*?)\\.[a-z]+");

  private final Source source;
  private final List<Fact.Software> found = new ArrayList<>();
  private @Nullable String limit;
  private int entries;
  private int poms;
  private long unpacked;

  private JavaArchive(Source source) {
    this.source = source;
  }

  static boolean is(String path) {
    int dot = path.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(path.substring(dot + 1));
  }

  /**
   * What is found, of a damaged archive what comes before the damage; of one beyond all measure
   * what comes first, and that it was not read to its end.
   *
   * @throws IOException when the content itself cannot be read
   */
  static List<Fact> read(String fileName, InputStream content) throws IOException {
    Source source = new Source(content);
    JavaArchive archive = new JavaArchive(source);
    archive.archive(fileName, afterScript(source), 0);
    List<Fact> facts = new ArrayList<>(archive.found);
    if (archive.limit != null) {
      facts.add(new Fact.Unread(archive.limit));
    }
    return facts;
  }

  private static InputStream afterScript(InputStream content) throws IOException {
    byte[] head = content.readNBytes(MAX_SCRIPT);
    int at = 0;
    if (head.length > 2 && head[0] == '#' && head[1] == '!') {
      while (at + 4 < head.length
          && (head[at] != 'P' || head[at + 1] != 'K' || head[at + 2] != 3 || head[at + 3] != 4)) {
        at++;
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(head, at, head.length - at), content);
  }

  private void archive(String fileName, InputStream content, int depth) throws IOException {
    CountedZip zip = new CountedZip(content);
    Contents contents = new Contents();
    try {
      contents(zip, contents, depth);
    } catch (IOException | IllegalArgumentException e) {
      // Damaged, or not a zip file at all, which Java tells in many ways: what was found up to
      // here stands.
      source.rethrow();
    }
    found.addAll(contents.software(fileName));
  }

  private void contents(CountedZip zip, Contents contents, int depth) throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      contents.any = true;
      if (++entries > MAX_ENTRIES) {
        throw beyond("it has more than " + MAX_ENTRIES + " entries");
      }
      String name = entry.getName();
      if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
        if (++poms > MAX_POMS) {
          throw beyond("it has more than " + MAX_POMS + " descriptions");
        }
        contents.pom(zip.readNBytes(MAX_POM + 1));
      } else if (name.equals("META-INF/MANIFEST.MF")) {
        contents.manifest = manifest(zip.readNBytes(MAX_MANIFEST));
      } else if (!entry.isDirectory() && is(name) && depth < MAX_DEPTH) {
        archive(name.substring(name.lastIndexOf('/') + 1), zip, depth + 1);
      }
    }
  }

  private ZipException beyond(String why) {
    limit = why;
    return new ZipException(why);
  }

  private static Map<String, String> manifest(byte[] bytes) {
    Map<String, String> fields = new HashMap<>();
    try {
      Attributes main = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
      for (String key : OF_MANIFEST) {
        String value = main.getValue(key);
        if (value != null) {
          // OSGi's licence is kept without its attributes.
          String kept = key.equals("Bundle-License") ? value.split(";", 2)[0].strip() : value;
          if (kept.length() <= LONGEST_NAME) {
            fields.put(key, kept);
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // A manifest that Java itself would not accept tells nothing.
      return Map.of();
    }
    return fields;
  }

  /** The coordinates in a pom.properties. */
  private record Pom(String group, String artifact, String version) {
    boolean isSound() {
      return !artifact.isEmpty()
          && artifact.length() <= LONGEST_NAME
          && group.length() <= LONGEST_NAME
          && version.length() <= LONGEST_NAME;
    }
  }

  /** What one archive says, without the archives inside it. */
  private static final class Contents {
    private final List<Pom> poms = new ArrayList<>();
    private Map<String, String> manifest = Map.of();
    private boolean any;

    void pom(byte[] bytes) throws IOException {
      if (bytes.length > MAX_POM) {
        return;
      }
      Properties properties = new Properties();
      try {
        properties.load(new ByteArrayInputStream(bytes));
      } catch (IllegalArgumentException e) {
        // An escape that Java does not know; the rest of the archive is none the worse for it.
        return;
      }
      Pom pom =
          new Pom(
              properties.getProperty("groupId", ""),
              properties.getProperty("artifactId", ""),
              properties.getProperty("version", ""));
      if (pom.isSound()) {
        poms.add(pom);
      }
    }

    List<Fact.Software> software(String fileName) {
      List<Fact.Software> software = new ArrayList<>();
      boolean named = fileName.length() <= LONGEST_NAME;
      boolean own = poms.size() == 1 && !(named && FILE_NAME.matcher(fileName).matches());
      for (Pom pom : poms) {
        boolean itself = own || fileName.contains(pom.artifact());
        own |= itself;
        software.add(
            Fact.Software.of(
                "maven", pom.group(), pom.artifact(), pom.version(), itself ? license() : ""));
      }
      if (any && !own && named) {
        byName(fileName).ifPresent(software::add);
      }
      return software;
    }

    private Optional<Fact.Software> byName(String fileName) {
      Matcher matcher = FILE_NAME.matcher(fileName);
      boolean named = matcher.matches();
      String name =
          named
              ? matcher.group(1)
              : manifest.getOrDefault(
                  "Implementation-Title", fileName.substring(0, fileName.lastIndexOf('.')));
      String version =
          named
              ? matcher.group(2)
              : manifest.getOrDefault(
                  "Implementation-Version", manifest.getOrDefault("Bundle-Version", ""));
      return version.isEmpty() || name.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Fact.Software.of(
                  "maven",
                  manifest.getOrDefault("Implementation-Vendor-Id", ""),
                  name,
                  version,
                  license()));
    }

    private String license() {
      String license = manifest.getOrDefault("Bundle-License", "");
      return license.length() > LONGEST_LICENSE ? "" : license;
    }
  }

  /** Tells a file that cannot be read from one that is no archive. */
  private static final class Source extends FilterInputStream {
    private @Nullable IOException failure;

    Source(InputStream content) {
      super(content);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private final class CountedZip extends ZipInputStream {
    CountedZip(InputStream content) {
      // Names in another encoding than they should be are no reason to stop.
      super(content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      unpacked += Math.max(count, 0);
      if (unpacked > MAX_UNPACKED) {
        throw beyond("it unpacks to more than " + (MAX_UNPACKED >> 30) + " GiB");
      }
      return count;
    }
  }
}
