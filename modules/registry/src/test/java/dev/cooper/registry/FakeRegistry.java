package dev.cooper.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cooper.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry in this process that misbehaves as it is told, which a real one would not. */
final class FakeRegistry implements Closeable {
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  final Map<String, String> types = new ConcurrentHashMap<>();
  final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The token that it wants to see; empty for none. */
  volatile String token = "";

  /** Where the token's authority is, and blobs are given out if {@link #redirect}. */
  volatile boolean redirect;

  /** Whether nobody gets a token. */
  volatile boolean refusesTokens;

  /** After how many bytes of a blob the connection breaks; 0 for never. */
  volatile int breakAfter;

  private final HttpServer server;
  private final HttpServer elsewhere;

  FakeRegistry() throws IOException {
    server = start();
    server.createContext("/", this::registry);
    elsewhere = start();
    elsewhere.createContext("/", this::other);
    server.start();
    elsewhere.start();
  }

  private static HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    return server;
  }

  String domain() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void registry(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      note("registry", exchange, authorization);
      if (!token.isEmpty() && !("Bearer " + token).equals(authorization)) {
        exchange
            .getResponseHeaders()
            .add(
                "WWW-Authenticate",
                "Bearer realm=\"http://127.0.0.1:"
                    + elsewhere.getAddress().getPort()
                    + "/token\",service=\"fake\"");
        answer(exchange, 401, Samples.utf8("{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}"));
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      if (path.equals("/v2/")) {
        answer(exchange, 200, new byte[0]);
      } else if (path.contains("/manifests/") && manifests.containsKey(last)) {
        exchange
            .getResponseHeaders()
            .add("Content-Type", String.valueOf(types.get(last)) + "; charset=utf-8");
        answer(exchange, 200, manifests.get(last));
      } else if (path.contains("/blobs/") && redirect) {
        exchange
            .getResponseHeaders()
            .add("Location", "http://127.0.0.1:" + elsewhere.getAddress().getPort() + path);
        answer(exchange, 307, new byte[0]);
      } else if (path.contains("/blobs/") && blobs.containsKey(Digest.parse(last))) {
        blob(exchange, blobs.get(Digest.parse(last)));
      } else {
        answer(
            exchange,
            404,
            Samples.utf8(
                "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"));
      }
    }
  }

  private void other(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      note("elsewhere", exchange, authorization);
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/token") && refusesTokens) {
        answer(exchange, 401, new byte[0]);
      } else if (path.equals("/token")) {
        answer(exchange, 200, Samples.utf8("{\"access_token\":\"" + token + "\"}"));
      } else {
        blob(exchange, blobs.get(Digest.parse(path.substring(path.lastIndexOf('/') + 1))));
      }
    }
  }

  private void note(String who, HttpExchange exchange, String authorization) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(
        who
            + " "
            + exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (range == null ? "" : " " + range)
            + (authorization == null ? "" : " " + authorization));
  }

  private void blob(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    OutputStream out = exchange.getResponseBody();
    if (breakAfter > 0 && rest.length > breakAfter) {
      out.write(rest, 0, breakAfter);
      out.flush();
      // Closing the exchange with bytes owing breaks the connection.
      return;
    }
    out.write(rest);
    out.close();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    elsewhere.stop(0);
  }
}
