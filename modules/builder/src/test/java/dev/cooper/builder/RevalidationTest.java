package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import dev.cooper.store.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADD of an address that an earlier build fetched: the server is asked whether it has changed. */
class RevalidationTest {
  private static final String THEN = "Sun, 13 Sep 2020 12:26:40 GMT";

  @TempDir Path directory;
  private Store store;
  private HttpServer server;
  private String dockerfile = "";
  private volatile String content = "first";
  private volatile String tag = "\"one\"";
  private volatile String modified = "";
  private volatile boolean knowsConditions = true;

  /** What each request that had an answer with a body asked for. */
  private final List<String> sent = new ArrayList<>();

  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    store = Store.open(directory.resolve("store"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    dockerfile =
        "FROM scratch\nADD http://127.0.0.1:" + server.getAddress().getPort() + "/file /\n";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String match = exchange.getRequestHeaders().getFirst("If-None-Match");
    String since = exchange.getRequestHeaders().getFirst("If-Modified-Since");
    boolean same = tag.isEmpty() ? modified.equals(since) : tag.equals(match);
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", tag);
    }
    if (!modified.isEmpty()) {
      exchange.getResponseHeaders().add("Last-Modified", modified);
    }
    if (same && knowsConditions) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = content.getBytes(StandardCharsets.UTF_8);
      synchronized (sent) {
        sent.add(match + " " + since);
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @AfterEach
  void close() {
    server.stop(0);
    store.close();
  }

  private String build() throws Exception {
    return build(true);
  }

  /** Builds, and returns the time and the text of the file. */
  private String build(boolean cached) throws Exception {
    events.clear();
    BuildResult result =
        new Builder(store, new StoredImages(store))
            .build(
                BuildRequest.of(new BuildContext.Empty())
                    .withDockerfile(new DockerfileSource.Text("Dockerfile", dockerfile))
                    .withUseCache(cached),
                events::add);
    Image image = Image.read(store.blobs(), result.manifest(), Platform.host());
    try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes());
        InputStream in = tree.content().open(tree.tree().resolve("file"))) {
      return tree.tree().resolve("file").entry().modified()
          + " "
          + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private boolean wasCached() {
    return events.stream().anyMatch(event -> event instanceof BuildEvent.Cached);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    modified = THEN;
    assertThat(build()).isEqualTo("2020-09-13T12:26:40Z first");
    assertThat(build()).isEqualTo("2020-09-13T12:26:40Z first");
    assertThat(wasCached()).isTrue();
    assertThat(sent).containsExactly("null null");
    content = "second";
    tag = "\"two\"";
    assertThat(build()).isEqualTo("2020-09-13T12:26:40Z second");
    assertThat(wasCached()).isFalse();
    assertThat(sent).containsExactly("null null", "\"one\" null");
    assertThat(build(false)).endsWith("second");
    assertThat(sent).hasSize(3).last().isEqualTo("null null");
  }

  @Test
  void aTimeIsNoProof() throws Exception {
    tag = "";
    modified = THEN;
    assertThat(build()).isEqualTo("2020-09-13T12:26:40Z first");
    content = "other";
    assertThat(build()).isEqualTo("2020-09-13T12:26:40Z other");
    assertThat(sent).containsExactly("null null", "null null");
    modified = "";
    content = "third";
    assertThat(build()).isEqualTo("1970-01-01T00:00:00Z third");
  }

  @Test
  void aWeakTagIsNoProofOnWhatIsSent() throws Exception {
    knowsConditions = false;
    tag = "W/\"one\"";
    assertThat(build()).endsWith("first");
    content = "other";
    assertThat(build()).endsWith("other");
  }

  @Test
  void aServerThatKnowsNoConditionsStillNamesWhatItSends() throws Exception {
    knowsConditions = false;
    String first = build();
    assertThat(build()).isEqualTo(first);
    assertThat(wasCached()).isTrue();
  }

  @Test
  void whatTheCacheHasLostIsFetched() throws Exception {
    modified = THEN;
    String first = build();
    TreeRemoval.remove(store.cacheDirectory().resolve("steps"));
    assertThat(build()).isEqualTo(first);
    assertThat(wasCached()).isFalse();
    assertThat(sent).hasSize(2);
    // A server that says it is the same, and then sends something else.
    TreeRemoval.remove(store.cacheDirectory().resolve("steps"));
    content = "other";
    assertThatThrownBy(this::build)
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining("/file has changed although its server says that it has not");
    assertThat(build()).endsWith("other");
  }

  @Test
  void aChecksumIsStillChecked() throws Exception {
    build();
    dockerfile = dockerfile.replace("ADD ", "ADD --checksum=sha256:" + "0".repeat(64) + " ");
    assertThatThrownBy(this::build)
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining("digest mismatch");
  }
}
