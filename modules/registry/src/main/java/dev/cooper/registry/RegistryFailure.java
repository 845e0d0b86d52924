package dev.cooper.registry;

import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** What a registry refuses, in Docker's words. */
final class RegistryFailure {
  private static final int TOO_MANY = 429;

  private RegistryFailure() {}

  /** There is no such image, or nobody may know. */
  static CooperException absent(Reference name, HttpResponse<byte[]> response) {
    return new CooperException.NotFound(
        "manifest for "
            + name.familiar()
            + " not found: "
            + reason(response.body(), "manifest unknown"),
        "look for its tags, or check the name: it means " + name.canonical());
  }

  /**
   * The registry does not do it, or not for this user.
   *
   * @param action {@code pull} or {@code push}
   */
  static CooperException denied(String action, Reference name, HttpResponse<byte[]> response) {
    return new CooperException.Failed(
        action
            + " access denied for "
            + name.familiarRepository()
            + ", repository does not exist or may require 'cooper login': "
            + reason(response.body(), "denied"),
        "log in with cooper login; credentials are kept in Docker's config.json",
        null);
  }

  /** Credentials were refused. */
  static CooperException unauthorized(URI realm, HttpResponse<byte[]> response) {
    String reason = reason(response.body(), "incorrect username or password");
    return new CooperException.Failed(
        "Get \""
            + shown(realm)
            + "\": "
            + (reason.startsWith("unauthorized") ? reason : "unauthorized: " + reason),
        "log in with cooper login; credentials are kept in Docker's config.json",
        null);
  }

  /** An answer that nothing was made for. */
  static CooperException unexpected(String method, URI address, HttpResponse<byte[]> response) {
    String reason = reason(response.body(), "");
    if (response.statusCode() == TOO_MANY) {
      return new CooperException.Failed(
          "toomanyrequests: " + (reason.isEmpty() ? shown(address) : reason),
          "wait a while, or log in with cooper login: the registry counts by user",
          null);
    }
    return new CooperException.Failed(
        verb(method)
            + " \""
            + shown(address)
            + "\": the registry answered "
            + response.statusCode()
            + (reason.isEmpty() ? "" : ": " + reason));
  }

  /** The first reason given, as Docker prints it: {@code manifest unknown: manifest unknown}. */
  static String reason(byte[] body, String absent) {
    List<RegistryAnswers.Problem> problems = RegistryAnswers.problems(body);
    if (problems.isEmpty()) {
      return absent;
    }
    RegistryAnswers.Problem first = problems.getFirst();
    String code =
        first.code() == null ? "" : first.code().toLowerCase(Locale.ROOT).replace('_', ' ');
    String message = first.message() == null ? "" : clean(first.message());
    return code.isEmpty() ? message : message.isEmpty() ? code : code + ": " + message;
  }

  /** As Go's client writes a method: {@code Get}. */
  static String verb(String method) {
    return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
  }

  /** An address without its query, which may hold a secret. */
  static String shown(URI address) {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  /** A foreign text on one line, without what moves a terminal's cursor. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(300)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return clean.toString();
  }
}
