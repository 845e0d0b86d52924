package dev.cooper.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/** Whether a registry takes credentials. */
public final class Login {
  private Login() {}

  /**
   * Shows them to the registry; returns when it takes them, or asks for none.
   *
   * @param domain as image names have it
   * @param environment may name proxies
   * @throws dev.cooper.image.CooperException.Failed in Docker's words, when it does not take them
   */
  public static void check(String domain, Credentials credentials, Map<String, String> environment)
      throws IOException {
    Http http = new Http(environment);
    Exchange exchange = new Exchange(http, new Authorization(http, credentials, ""));
    URI address = URI.create(RegistryHost.of(domain).address() + "/v2/");
    HttpResponse<byte[]> answer = exchange.bytes(exchange.request(address).GET());
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      throw RegistryFailure.unauthorized(address, answer);
    }
    if (answer.statusCode() != 200) {
      throw RegistryFailure.unexpected("GET", address, answer);
    }
  }
}
