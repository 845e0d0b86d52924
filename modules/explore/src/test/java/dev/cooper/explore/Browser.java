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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A headless Chromium, driven through its DevTools protocol on the loopback interface. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  private static final Map<String, Integer> KEY_CODES =
      Map.of(
          "Backspace",
          8,
          "Tab",
          9,
          "Enter",
          13,
          "Escape",
          27,
          " ",
          32,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40);

  private static final Jsonb JSON = Jsonb.builder().build();
  private static final int SECONDS = 120;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private final List<String> events = new ArrayList<>();
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

  /** The browser of this machine; empty when it has none. */
  static Optional<Path> installed() {
    for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(":")) {
      for (String name : NAMES) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /** Starts the browser with its own profile in {@code folder}, and opens a page. */
  static Browser open(Path program, Path folder, Path page) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
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
            .redirectOutput(folder.resolve("chromium.log").toFile());
    // What it leaves there when it is ended goes with its profile.
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
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
      events.add(message);
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
      if (i == 0) {
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
      }
      if (evaluate("document.readyState").equals("complete")
          && !evaluate("location.href").equals("about:blank")) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IOException("the page does not finish loading");
  }

  /** Goes to another page, and waits until that has run its script. */
  void show(Path page) throws Exception {
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    awaitReady();
  }

  /** Presses a key, by its name in the DOM. */
  void press(String key) throws Exception {
    Integer code = KEY_CODES.get(key);
    if (code == null) {
      throw new IllegalArgumentException("no such key here: " + key);
    }
    Map<String, Object> event = new HashMap<>();
    event.put("key", key);
    event.put("code", key.equals(" ") ? "Space" : key);
    event.put("windowsVirtualKeyCode", code);
    event.put("type", "keyDown");
    if (key.equals("Enter") || key.equals(" ")) {
      event.put("text", key.equals(" ") ? " " : "\r");
    }
    call("Input.dispatchKeyEvent", event);
    event.remove("text");
    event.put("type", "keyUp");
    call("Input.dispatchKeyEvent", event);
  }

  /** Types into what has the focus. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  /** Whether an event of this name has come; for those of the page, once it was opened. */
  boolean saw(String event) {
    return events.stream().anyMatch(message -> message.contains("\"" + event + "\""));
  }

  void resize(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
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
