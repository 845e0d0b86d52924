package dev.cooper.image;

import org.jspecify.annotations.Nullable;

/**
 * The name of an image: a registry's domain, a path in it, and a tag or a digest or both. The
 * grammar and its normalisation are those of the distribution project: {@code minios} is {@code
 * docker.io/library/minios:latest}.
 *
 * @param domain host and optional port of the registry, for example {@code docker.io}
 * @param path the repository, for example {@code library/minios}
 * @param tag the tag; null when the name has only a digest
 * @param digest the digest of the manifest; null when the name has only a tag
 */
public record Reference(String domain, String path, @Nullable String tag, @Nullable Digest digest) {
  public static final String DEFAULT_DOMAIN = "docker.io";
  public static final String DEFAULT_TAG = "latest";

  /**
   * @throws CooperException.InvalidInput when a part is not well formed; use {@link #parse} for
   *     names as users write them
   */
  public Reference {
    ReferenceGrammar.check(domain, path, tag);
  }

  /**
   * Reads a name as users write it, and completes it: the domain {@code docker.io}, its {@code
   * library/}, and the tag {@code latest} when there is neither tag nor digest.
   *
   * @throws CooperException.InvalidInput in Docker's words, {@code invalid reference format}
   */
  public static Reference parse(String text) {
    return ReferenceGrammar.parse(text);
  }

  /** The repository of the name alone, {@code docker.io/library/minios}. */
  public String repository() {
    return domain + "/" + path;
  }

  /** The repository as users write it, without what {@link #parse} would add. */
  public String familiarRepository() {
    if (!domain.equals(DEFAULT_DOMAIN)) {
      return repository();
    }
    return path.startsWith("library/") && path.indexOf('/', 8) < 0 ? path.substring(8) : path;
  }

  /** The shortest text that {@link #parse} reads as this: {@code minios:latest}. */
  public String familiar() {
    return familiarRepository() + suffix();
  }

  /** The whole name, {@code docker.io/library/minios:latest}. */
  public String canonical() {
    return repository() + suffix();
  }

  public Reference withTag(String changed) {
    return new Reference(domain, path, changed, digest);
  }

  public Reference withDigest(@Nullable Digest changed) {
    return new Reference(domain, path, tag, changed);
  }

  /** {@link #canonical()}. */
  @Override
  public String toString() {
    return canonical();
  }

  private String suffix() {
    return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
