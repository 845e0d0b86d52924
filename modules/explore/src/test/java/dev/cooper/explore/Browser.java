package dev.cooper.explore;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A headless Chromium, driven through its DevTools protocol on the loopback interface. */
final class Browser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Jsonb JSON = Jsonb.builder().build();
  private static final int SECONDS = 120;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int number;

  private Browser(Process process, int port, String url) throws Exception {
    this.process = process;
    HttpRequest open =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?" + url))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String page = http.send(open, HttpResponse.BodyHandlers.ofString()).body();
    Map<?, ?> target = (Map<?, ?>) JSON.type(Object.class).fromJson(page);
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create((String) target.get("webSocketDebuggerUrl")), new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Starts the browser with its own profile in {@code folder}, and opens a page. */
  static Browser open(Path folder, Path page) throws Exception {
    Process process =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--remote-debugging-address=127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    try {
      Path port = folder.resolve("DevToolsActivePort");
      for (int i = 0; i < SECONDS * 10 && (!Files.exists(port) || Files.size(port) == 0); i++) {
        if (!process.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("chromium.log")));
        }
        Thread.sleep(100);
      }
      return new Browser(
          process, Integer.parseInt(Files.readAllLines(port).getFirst()), page.toUri().toString());
    } catch (Throwable e) {
      stop(process);
      throw e;
    }
  }

  /** Calls a method of the protocol and waits for its answer. */
  Map<?, ?> call(String method, Map<String, Object> parameters) throws Exception {
    Map<?, ?> answer = (Map<?, ?>) JSON.type(Object.class).fromJson(answer(method, parameters));
    return answer.get("result") instanceof Map<?, ?> result ? result : Map.of("error", answer);
  }

  /** The answer as it comes; the other messages that come meanwhile are events. */
  private String answer(String method, Map<String, Object> parameters) throws Exception {
    int id = ++number;
    String request =
        JSON.type(Object.class).toJson(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(request, true).get(SECONDS, TimeUnit.SECONDS);
    while (true) {
      String message = messages.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("no answer to " + method);
      }
      if (message.startsWith("{\"id\":" + id + ",")) {
        return message;
      }
    }
  }

  /** What a JavaScript expression gives, as text. */
  String evaluate(String expression) throws Exception {
    Map<?, ?> answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", "String(" + expression + ")", "returnByValue", true));
    return String.valueOf(((Map<?, ?>) answer.get("result")).get("value"));
  }

  /** Waits until the page has run its script. */
  void awaitReady() throws Exception {
    for (int i = 0; i < SECONDS * 5; i++) {
      if (evaluate("document.readyState").equals("complete")
          && !evaluate("location.href").equals("about:blank")) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IOException("the page does not finish loading");
  }

  void press(String key) throws Exception {
    int code = key.equals("Enter") ? 13 : key.equals("Escape") ? 27 : key.equals("Tab") ? 9 : 39;
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          key.equals("Enter")
              ? Map.of(
                  "type",
                  type,
                  "key",
                  key,
                  "code",
                  key,
                  "windowsVirtualKeyCode",
                  code,
                  "text",
                  "\r")
              : Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  void resize(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  byte[] screenshot() throws Exception {
    // A picture is longer than the strings that the JSON reader takes.
    String answer =
        answer("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    String before = "\"data\":\"";
    int start = answer.indexOf(before) + before.length();
    return java.util.Base64.getDecoder()
        .decode(answer.substring(start, answer.indexOf('"', start)));
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    stop(process);
  }

  private static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
