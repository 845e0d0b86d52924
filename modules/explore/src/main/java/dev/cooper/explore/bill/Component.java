package dev.cooper.explore.bill;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A piece of software in an image.
 *
 * @param type the kind of package, by its package URL type: {@code deb}, {@code apk}, {@code rpm},
 *     {@code maven}, {@code npm}, {@code pypi}, {@code golang}
 * @param namespace the distribution, the group or the scope; empty when there is none
 * @param name its name
 * @param version its version, as package managers write it with the epoch before a colon; empty
 *     when unknown
 * @param architecture of a distribution's package, else empty
 * @param license as the package declares it; empty when it does not
 * @param distribution the system that a distribution's package belongs to, {@code debian-12}; empty
 *     for others and when the image does not say
 * @param source the source package that it is built from where that has another name: of Debian and
 *     Alpine its name, with another version after an {@code @}, of RPM its file name; else empty
 * @param path the file that says so, with a leading slash
 * @param layer the layer that gives that file, from 0; empty when the image does not tell
 */
public record Component(
    String type,
    String namespace,
    String name,
    String version,
    String architecture,
    String license,
    String distribution,
    String source,
    String path,
    Optional<Integer> layer) {
  private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

  /** Whether a group or a scope belongs to its name. */
  boolean isGrouped() {
    return !namespace.isEmpty() && (type.equals("maven") || type.equals("npm"));
  }

  /** The name as package managers write it: of npm with the scope, {@code @angular/core}. */
  String scopedName() {
    return type.equals("npm") && isGrouped() ? namespace + "/" + name : name;
  }

  /** The name with its group or scope, as a reader tells components apart. */
  public String fullName() {
    return isGrouped() ? namespace + "/" + name : name;
  }

  /**
   * The package URL (purl-spec 1.0): {@code
   * pkg:deb/debian/bash@5.2.15-2%2Bb7?arch=amd64&distro=debian-12}. The source package is the
   * qualifier {@code upstream}, by which scanners find what is known of its weaknesses.
   */
  public String purl() {
    // So purl-spec wants it of Go, whose own names tell capitals from small letters.
    boolean lower = type.equals("golang");
    StringBuilder url = new StringBuilder("pkg:").append(type).append('/');
    if (!namespace.isEmpty()) {
      for (String part : (lower ? namespace.toLowerCase(Locale.ROOT) : namespace).split("/")) {
        url.append(encoded(part)).append('/');
      }
    }
    String[] parts = lower ? name.toLowerCase(Locale.ROOT).split("/") : new String[] {name};
    for (int i = 0; i < parts.length; i++) {
      url.append(i == 0 ? "" : "/").append(encoded(parts[i]));
    }
    // Of RPM the epoch is a qualifier, of Debian a part of the version.
    int colon = type.equals("rpm") ? version.indexOf(':') : -1;
    if (!version.isEmpty()) {
      url.append('@').append(encoded(version.substring(colon + 1)));
    }
    qualifier(url, "arch", architecture);
    qualifier(url, "distro", distribution);
    qualifier(url, "epoch", colon > 0 ? version.substring(0, colon) : "");
    qualifier(url, "upstream", source);
    return url.toString();
  }

  private static void qualifier(StringBuilder url, String key, String value) {
    if (!value.isEmpty()) {
      url.append(url.indexOf("?") < 0 ? '?' : '&').append(key).append('=').append(encoded(value));
    }
  }

  private static String encoded(String text) {
    StringBuilder result = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || c == '.'
          || c == '-'
          || c == '_'
          || c == '~'
          || c == ':') {
        result.append(c);
      } else {
        result.append('%').append(UPPER_HEX.toHexDigits(b));
      }
    }
    return result.toString();
  }
}
