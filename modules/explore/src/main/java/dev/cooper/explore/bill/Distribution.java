package dev.cooper.explore.bill;

import dev.cooper.explore.ImageFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which system an image is, as os-release(5) says it there, or, before there was such a file, Red
 * Hat's and CentOS's release files.
 *
 * @param id such as {@code debian}; empty when the image does not say
 * @param version such as {@code 12}; empty when it does not say, as with rolling releases
 */
public record Distribution(String id, String version) {
  private static final Pattern RELEASE = Pattern.compile("(.+?) release (\\d[\\d.]*)?.*");

  private static final int LONGEST_LINE = 200;

  static Distribution of(ImageFiles files) {
    for (String path : List.of("/etc/os-release", "/usr/lib/os-release")) {
      Optional<String> text = text(files, path);
      if (text.isPresent()) {
        return osRelease(text.get());
      }
    }
    for (String path : List.of("/etc/redhat-release", "/etc/centos-release")) {
      Optional<String> text = text(files, path);
      if (text.isPresent()) {
        return redHatRelease(text.get());
      }
    }
    return new Distribution("", "");
  }

  /** {@code debian-12}, as the package URL's qualifier {@code distro}; empty when not known. */
  String qualifier() {
    return id.isEmpty() || version.isEmpty() ? id : id + "-" + version;
  }

  /**
   * The namespace of the system's packages in package URLs: the ID, but for RPM the vendor where
   * one vendor's systems have several IDs.
   */
  String namespace(String type) {
    if (!type.equals("rpm")) {
      return id;
    }
    if (id.equals("rhel")) {
      return "redhat";
    }
    return id.startsWith("opensuse") ? "opensuse" : id;
  }

  private static Optional<String> text(ImageFiles files, String path) {
    return files
        .resolve(path)
        .flatMap(file -> files.bytes(file, Integer.MAX_VALUE))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static Distribution osRelease(String text) {
    String id = "";
    String version = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("ID=")) {
        id = unquoted(line.substring(3));
      } else if (line.startsWith("VERSION_ID=")) {
        version = unquoted(line.substring(11));
      }
    }
    return new Distribution(id, version);
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("[\"']", "");
  }

  /** {@code CentOS release 6.10 (Final)}. */
  private static Distribution redHatRelease(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    Matcher matcher = RELEASE.matcher(line);
    if (line.length() > LONGEST_LINE || !matcher.matches()) {
      return new Distribution("", "");
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    String version = matcher.group(2);
    int blank = name.indexOf(' ');
    return new Distribution(
        name.startsWith("red hat") ? "rhel" : blank < 0 ? name : name.substring(0, blank),
        version == null ? "" : version);
  }
}
