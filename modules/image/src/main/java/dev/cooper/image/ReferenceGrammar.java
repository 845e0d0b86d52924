package dev.cooper.image;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of image names, as the distribution project defines it:
 *
 * <pre>
 * reference  := name [ ":" tag ] [ "@" digest ]
 * name       := [ domain "/" ] component *( "/" component )
 * domain     := host [ ":" digits ]
 * host       := label *( "." label ) | "[" IPv6 "]"
 * label      := alphanumeric [ *( alphanumeric | "-" ) alphanumeric ]
 * component  := lower-alphanumeric+ *( separator lower-alphanumeric+ )
 * separator  := "." | "_" | "__" | "-"+
 * tag        := word-character *127( word-character | "." | "-" )
 * digest     := algorithm ":" hexadecimal
 * </pre>
 */
final class ReferenceGrammar {
  private static final int NAME_LIMIT = 255;
  private static final int TAG_LIMIT = 128;
  private static final String LEGACY_DOMAIN = "index.docker.io";

  private ReferenceGrammar() {}

  static Reference parse(String text) {
    if (isIdentifier(text)) {
      throw new CooperException.InvalidInput(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    String domain = Reference.DEFAULT_DOMAIN;
    String rest = text;
    int slash = text.indexOf('/');
    if (slash >= 0 && looksLikeDomain(text.substring(0, slash))) {
      domain = text.substring(0, slash);
      rest = text.substring(slash + 1);
      if (domain.equals(LEGACY_DOMAIN)) {
        domain = Reference.DEFAULT_DOMAIN;
      }
    }
    if (domain.equals(Reference.DEFAULT_DOMAIN) && rest.indexOf('/') < 0) {
      rest = "library/" + rest;
    }
    Digest digest = null;
    String name = rest;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = digest(rest.substring(at + 1));
      name = rest.substring(0, at);
    }
    String tag = null;
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      tag = name.substring(colon + 1);
      name = name.substring(0, colon);
    } else if (digest == null) {
      tag = Reference.DEFAULT_TAG;
    }
    if (!isPath(name) && isPath(name.toLowerCase(Locale.ROOT))) {
      throw new CooperException.InvalidInput(
          "invalid reference format: repository name must be lowercase",
          "write it as " + text.toLowerCase(Locale.ROOT));
    }
    return new Reference(domain, name, tag, digest);
  }

  /** The checks that every reference passes, however it was made. */
  static void check(String domain, String path, @Nullable String tag) {
    if (!isDomain(domain) || !isPath(path) || tag != null && !isTag(tag)) {
      throw invalid();
    }
    if (path.length() > NAME_LIMIT) {
      throw new CooperException.InvalidInput(
          "repository name must not be more than " + NAME_LIMIT + " characters");
    }
  }

  private static CooperException invalid() {
    return new CooperException.InvalidInput("invalid reference format");
  }

  private static Digest digest(String digest) {
    if (!Digest.isDigest(digest)) {
      throw invalid();
    }
    return Digest.parse(digest);
  }

  /** A whole image id is no name: it could not be told from one. */
  private static boolean isIdentifier(String text) {
    return text.length() == 64 && Digest.isDigest("sha256:" + text);
  }

  /** Only a first part with a dot, a port or a capital, or localhost itself, is a registry. */
  private static boolean looksLikeDomain(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static boolean isDomain(String domain) {
    String host = domain;
    int bracket = domain.lastIndexOf(']');
    int colon = domain.indexOf(':', Math.max(bracket, 0));
    if (colon >= 0) {
      host = domain.substring(0, colon);
      if (!isDigits(domain, colon + 1)) {
        return false;
      }
    }
    if (host.startsWith("[")) {
      return host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1));
    }
    int start = 0;
    while (true) {
      int dot = host.indexOf('.', start);
      int end = dot < 0 ? host.length() : dot;
      if (!isLabel(host, start, end)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  private static boolean isLabel(String host, int start, int end) {
    if (start >= end || host.charAt(start) == '-' || host.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!isAlphanumeric(host.charAt(i)) && host.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isIpv6(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' || c > 'f') {
        return false;
      }
    }
    return !address.isEmpty();
  }

  private static boolean isDigits(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return start < text.length();
  }

  private static boolean isPath(String path) {
    int start = 0;
    while (true) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (!isComponent(path, start, end)) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      start = slash + 1;
    }
  }

  private static boolean isComponent(String path, int start, int end) {
    int i = start;
    while (i < end && isLowerAlphanumeric(path.charAt(i))) {
      i++;
      if (i < end && !isLowerAlphanumeric(path.charAt(i))) {
        i = afterSeparator(path, i, end);
      }
    }
    return i == end && end > start && isLowerAlphanumeric(path.charAt(end - 1));
  }

  private static int afterSeparator(String path, int at, int end) {
    char c = path.charAt(at);
    if (c == '.') {
      return at + 1;
    }
    if (c == '_') {
      return at + 1 < end && path.charAt(at + 1) == '_' ? at + 2 : at + 1;
    }
    while (at < end && path.charAt(at) == '-') {
      at++;
    }
    return at;
  }

  private static boolean isTag(String tag) {
    if (tag.isEmpty() || tag.length() > TAG_LIMIT) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      char c = tag.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && (i == 0 || c != '.' && c != '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLowerAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  private static boolean isAlphanumeric(char c) {
    return isLowerAlphanumeric(c) || c >= 'A' && c <= 'Z';
  }
}
