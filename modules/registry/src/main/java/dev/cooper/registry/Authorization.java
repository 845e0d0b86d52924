package dev.cooper.registry;

import dev.cooper.image.CooperException;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a registry's challenge: Basic (RFC 7617), or a token from the authority that it names
 * (distribution's "Docker Registry v2 authentication"). What was obtained is used until the
 * registry asks again.
 */
final class Authorization {
  private static final String CLIENT = "cooper";

  private final Http http;
  private final Credentials credentials;
  private final String scope;
  private volatile @Nullable String header;

  /**
   * @param scope what is wanted: {@code repository:library/minios:pull}; empty to log in
   */
  Authorization(Http http, Credentials credentials, String scope) {
    this.http = http;
    this.credentials = credentials;
    this.scope = scope;
  }

  /** What a token's authority answers. */
  @Json
  record Token(
      @Nullable String token, @Json.Property("access_token") @Nullable String accessToken) {}

  /** The header to send; empty while nothing was asked for. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  /**
   * Answers a challenge.
   *
   * @param refused the header that was sent and not accepted; null if none was
   * @return whether there is another header to try now
   */
  synchronized boolean answer(Challenge challenge, @Nullable String refused) throws IOException {
    if (header != null && !header.equals(refused)) {
      // Another request has done so meanwhile.
      return true;
    }
    String answer =
        switch (challenge.scheme()) {
          case "basic" ->
              credentials instanceof Credentials.Password password ? password.basic() : null;
          case "bearer" -> "Bearer " + token(challenge);
          default -> null;
        };
    if (answer == null || answer.equals(refused)) {
      return false;
    }
    header = answer;
    return true;
  }

  private String token(Challenge challenge) throws IOException {
    URI realm;
    try {
      realm = URI.create(challenge.parameter("realm"));
    } catch (IllegalArgumentException e) {
      throw new CooperException.Failed(
          "the registry names no place to get a token at: " + challenge.parameter("realm"),
          null,
          e);
    }
    if (realm.getHost() == null) {
      throw new CooperException.Failed("the registry names no place to get a token at: " + realm);
    }
    HttpResponse<byte[]> response =
        credentials instanceof Credentials.IdentityToken identity
            ? http.bytes(exchange(realm, challenge, identity))
            : http.bytes(ask(realm, challenge));
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw RegistryFailure.unauthorized(realm, response);
    }
    if (response.statusCode() != 200) {
      throw RegistryFailure.unexpected("GET", realm, response);
    }
    try {
      Token token = RegistryJson.JSONB.type(Token.class).fromJson(response.body());
      String text =
          token == null ? null : token.token() != null ? token.token() : token.accessToken();
      if (text != null && !text.isEmpty()) {
        return text;
      }
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new CooperException.Failed(realm + " did not answer with a token", null, e);
    }
    throw new CooperException.Failed(realm + " did not answer with a token");
  }

  private HttpRequest ask(URI realm, Challenge challenge) {
    StringBuilder query = new StringBuilder();
    String service = challenge.parameter("service");
    if (!service.isEmpty()) {
      query.append("&service=").append(encoded(service));
    }
    if (!scope.isEmpty()) {
      query.append("&scope=").append(encoded(scope));
    }
    HttpRequest.Builder request;
    if (credentials instanceof Credentials.Password password) {
      query.append("&account=").append(encoded(password.user()));
      request = http.request(with(realm, query)).header("Authorization", password.basic());
    } else {
      request = http.request(with(realm, query));
    }
    return request.GET().build();
  }

  private HttpRequest exchange(URI realm, Challenge challenge, Credentials.IdentityToken identity) {
    String form =
        "grant_type=refresh_token&service="
            + encoded(challenge.parameter("service"))
            + "&client_id="
            + CLIENT
            + "&scope="
            + encoded(scope)
            + "&refresh_token="
            + encoded(identity.token());
    return http.request(realm)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
  }

  private static URI with(URI realm, CharSequence query) {
    String text = realm.toString();
    String rest = query.isEmpty() ? "" : query.toString().substring(1);
    return URI.create(text + (text.indexOf('?') < 0 ? "?" : "&") + rest);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
