package dev.cooper.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How to prove to a registry who one is. */
public sealed interface Credentials {
  /** Nobody in particular. */
  record None() implements Credentials {}

  /** A name and a password, or a token that is used as one. */
  record Password(String user, String password) implements Credentials {
    /** The value of an Authorization header (RFC 7617). */
    String basic() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /** A token that the registry's authority gives access tokens for (OAuth 2, refresh token). */
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "IdentityToken";
    }
  }
}
