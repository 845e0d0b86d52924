package dev.cooper.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of some bytes: a hash algorithm and its value (OCI image-spec, descriptor.md "Digests").
 *
 * <p>Only the registered algorithms exist here, since only those can be verified: {@code sha256}
 * (64 hexadecimal digits), {@code sha384} (96) and {@code sha512} (128), in lower case.
 *
 * @param algorithm the algorithm's registered name
 * @param hex the hash in lower-case hexadecimal
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  /**
   * @throws CooperException.InvalidInput when the algorithm is unknown, or the value's length or
   *     digits do not fit it
   */
  public Digest {
    int length = hexLength(algorithm);
    if (length < 0) {
      throw new CooperException.InvalidInput("unsupported digest algorithm: " + algorithm);
    }
    if (hex.length() != length || !isLowerHex(hex)) {
      throw new CooperException.InvalidInput(
          "invalid checksum digest format: " + algorithm + ":" + hex);
    }
  }

  /**
   * Reads the usual form, {@code sha256:…}.
   *
   * @throws CooperException.InvalidInput when the text has no colon, or is not a valid digest
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new CooperException.InvalidInput("invalid checksum digest format: " + text);
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Whether {@link #parse} would accept the text. */
  public static boolean isDigest(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && text.length() - colon - 1 == hexLength(text.substring(0, colon))
        && isLowerHex(text.substring(colon + 1));
  }

  /** The SHA-256 of the bytes. */
  public static Digest sha256(byte[] bytes) {
    return ofSha256(newSha256().digest(bytes));
  }

  /** The SHA-256 digest whose 32 raw bytes are already known. */
  public static Digest ofSha256(byte[] hash) {
    return new Digest("sha256", HexFormat.of().formatHex(hash));
  }

  /** A fresh SHA-256 computation. */
  public static MessageDigest newSha256() {
    return newMessageDigest("sha256");
  }

  /** A fresh computation of this digest's algorithm, to verify bytes against it. */
  public MessageDigest newMessageDigest() {
    return newMessageDigest(algorithm);
  }

  /** The first twelve hexadecimal digits, as Docker shows an id. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
  }

  /** {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  private static MessageDigest newMessageDigest(String algorithm) {
    String name = "SHA-" + algorithm.substring(3);
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK must have " + name, e);
    }
  }

  private static int hexLength(@Nullable String algorithm) {
    // "case null" would have the switch linked by a class made at run time: no quick start.
    if (algorithm == null) {
      return -1;
    }
    return switch (algorithm) {
      case "sha256" -> 64;
      case "sha384" -> 96;
      case "sha512" -> 128;
      default -> -1;
    };
  }

  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
