package dev.cooper.registry;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests to one registry: answers what it asks for, and follows where it sends readers. */
final class Exchange {
  private static final int REDIRECTS = 5;
  private static final Duration UPLOAD = Duration.ofHours(6);

  private final Http http;
  private final Authorization authorization;

  Exchange(Http http, Authorization authorization) {
    this.http = http;
    this.authorization = authorization;
  }

  HttpRequest.Builder request(URI address) {
    return http.request(address);
  }

  /** A request that takes as long as its body takes. */
  HttpRequest.Builder upload(URI address) {
    return http.request(address).timeout(UPLOAD);
  }

  /** Sends a request with a short answer. */
  HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException {
    return send(request, http::bytes, answer -> {});
  }

  /** Sends a request; the caller closes the body. */
  HttpResponse<InputStream> stream(HttpRequest.Builder request) throws IOException {
    return send(request, http::stream, InputStream::close);
  }

  /** How a request is sent. */
  private interface Sending<T> {
    HttpResponse<T> send(HttpRequest request) throws IOException;
  }

  /** What is done with an answer that nobody reads. */
  private interface Dropping<T> {
    void drop(T body) throws IOException;
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, Sending<T> sending, Dropping<T> dropping) throws IOException {
    String header = authorization.header().orElse(null);
    HttpResponse<T> response = sending.send(authorized(request, header));
    if (response.statusCode() == 401) {
      for (String asked : response.headers().allValues("WWW-Authenticate")) {
        if (authorization.answer(Challenge.parse(asked), header)) {
          dropping.drop(response.body());
          header = authorization.header().orElse(null);
          response = sending.send(authorized(request, header));
          break;
        }
      }
    }
    for (int i = 0; i < REDIRECTS && isRedirect(response); i++) {
      URI from = response.uri();
      URI to = from.resolve(response.headers().firstValue("Location").orElse(""));
      dropping.drop(response.body());
      requireNoDowngrade(from, to);
      // What authorises here is nobody else's business.
      boolean same = from.getHost().equals(to.getHost()) && from.getPort() == to.getPort();
      response = sending.send(authorized(request.copy().uri(to), same ? header : null));
    }
    return response;
  }

  private static HttpRequest authorized(HttpRequest.Builder request, @Nullable String header) {
    HttpRequest.Builder copy = request.copy();
    return header == null ? copy.build() : copy.setHeader("Authorization", header).build();
  }

  private static boolean isRedirect(HttpResponse<?> response) {
    String method = response.request().method();
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 ->
          (method.equals("GET") || method.equals("HEAD"))
              && response.headers().firstValue("Location").isPresent();
      default -> false;
    };
  }

  private static void requireNoDowngrade(URI from, URI to) {
    boolean known = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
    boolean downgrade = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    if (!known || downgrade || to.getHost() == null) {
      throw new CooperException.Failed(
          "the registry sends its readers from "
              + RegistryFailure.shown(from)
              + " to "
              + RegistryFailure.shown(to)
              + ", which is not secure");
    }
  }

  /** The answer with its body read, as far as a short answer goes. */
  static HttpResponse<byte[]> whole(HttpResponse<InputStream> response) throws IOException {
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readNBytes(RegistryAnswers.LIMIT);
    }
    return new WholeResponse(response, body);
  }

  /** A response whose body was read. */
  private record WholeResponse(HttpResponse<InputStream> response, byte[] body)
      implements HttpResponse<byte[]> {
    @Override
    public int statusCode() {
      return response.statusCode();
    }

    @Override
    public HttpRequest request() {
      return response.request();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public java.net.http.HttpHeaders headers() {
      return response.headers();
    }

    @Override
    public Optional<javax.net.ssl.SSLSession> sslSession() {
      return response.sslSession();
    }

    @Override
    public URI uri() {
      return response.uri();
    }

    @Override
    public java.net.http.HttpClient.Version version() {
      return response.version();
    }
  }
}
