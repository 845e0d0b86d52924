package dev.cooper.registry;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Requests, and the words for those that nobody answered. */
final class Http {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client;

  /**
   * @param environment may name proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY
   */
  Http(Map<String, String> environment) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(new EnvironmentProxies(environment))
            .build();
  }

  /** A request to be completed. Redirects are not followed: credentials would travel along. */
  HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(ANSWER).header("User-Agent", "cooper");
  }

  /** Sends a request whose answer is short; more than what a manifest may have is an error. */
  HttpResponse<byte[]> bytes(HttpRequest request) throws IOException {
    return send(
        request,
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofByteArray(), RegistryAnswers.LIMIT));
  }

  /** Sends a request; the caller closes the answer's body. */
  HttpResponse<InputStream> stream(HttpRequest request) throws IOException {
    return send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return client.send(request, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CooperException.Failed("interrupted while " + at(request) + " was asked", null, e);
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(request, "no connection within " + CONNECT.toSeconds() + " s", e);
    } catch (HttpTimeoutException e) {
      throw unreachable(request, "no answer within " + ANSWER.toSeconds() + " s", e);
    } catch (ConnectException e) {
      throw unreachable(
          request,
          isUnresolved(e) ? "no such host " + request.uri().getHost() : "connection refused",
          e);
    } catch (SSLException e) {
      throw new CooperException.Failed(
          at(request) + ": the connection is not secure: " + e.getMessage(),
          "a registry without a certificate of a known authority is only used on this machine",
          e);
    }
  }

  private static boolean isUnresolved(ConnectException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException || at instanceof java.net.UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static CooperException unreachable(HttpRequest request, String why, Exception cause) {
    return new CooperException.Failed(
        at(request) + ": " + why,
        "is the network up, and the registry's name right? A proxy is taken from HTTPS_PROXY",
        cause);
  }

  private static String at(HttpRequest request) {
    return RegistryFailure.verb(request.method())
        + " \""
        + RegistryFailure.shown(request.uri())
        + "\"";
  }
}
