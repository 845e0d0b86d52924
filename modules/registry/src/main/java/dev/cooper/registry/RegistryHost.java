package dev.cooper.registry;

import dev.cooper.image.Reference;
import java.net.URI;

/**
 * Where a registry is, from the first part of an image's name.
 *
 * @param domain as names have it: {@code docker.io}, {@code localhost:5000}
 * @param address scheme, host and port that are spoken to
 */
record RegistryHost(String domain, URI address) {
  /** The name under which Docker keeps the credentials for its own registry. */
  static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  /**
   * The registry of a domain: Docker's own is elsewhere than its name says, and this machine's are
   * spoken to without encryption, as Docker does with 127.0.0.0/8.
   */
  static RegistryHost of(String domain) {
    if (domain.equals(Reference.DEFAULT_DOMAIN)) {
      return new RegistryHost(domain, URI.create("https://registry-1.docker.io"));
    }
    String scheme = isLoopback(domain) ? "http" : "https";
    return new RegistryHost(domain, URI.create(scheme + "://" + domain));
  }

  static boolean isLoopback(String domain) {
    int colon = domain.lastIndexOf(':');
    boolean hasPort = colon > 0 && domain.indexOf(']') < colon;
    String host = hasPort ? domain.substring(0, colon) : domain;
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  /** What its credentials are kept under in Docker's config.json. */
  String credentialsKey() {
    return domain.equals(Reference.DEFAULT_DOMAIN) ? DOCKER_HUB_KEY : domain;
  }
}
