package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.builder.exchange.LocalCache;
import dev.cooper.image.CooperException;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of steps carried from one store to another in a directory. */
class ExchangeTest {
  private static final String DOCKERFILE =
      """
      FROM scratch AS other
      COPY a /only-there
      FROM scratch
      ENV A=1
      COPY --from=other /only-there /b
      COPY a /c
      """;

  @TempDir Path directory;
  private Path context;
  private Path exchange;
  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void prepare() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    exchange = directory.resolve("exchange");
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    Files.writeString(context.resolve("a"), "content");
  }

  private BuildRequest request() {
    return BuildRequest.of(new BuildContext.Folder(context));
  }

  private BuildResult build(String store, BuildRequest request) throws Exception {
    events.clear();
    try (Store opened = Store.open(directory.resolve(store))) {
      return new Builder(opened, new StoredImages(opened)).build(request, events::add);
    }
  }

  private BuildResult export(boolean allStages) throws Exception {
    return build("one", request().withCacheTo(List.of(LocalCache.to(exchange, allStages))));
  }

  private BuildResult importing() throws Exception {
    return build("two", request().withCacheFrom(List.of(LocalCache.from(exchange))));
  }

  private long cached() {
    return events.stream().filter(event -> event instanceof BuildEvent.Cached).count();
  }

  private List<String> warnings() {
    return events.stream()
        .flatMap(event -> event instanceof BuildEvent.Warned w ? Stream.of(w.message()) : null)
        .toList();
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.list(exchange.resolve("blobs/sha256"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void anotherStoreNeedNotDoTheStepsAgain() throws Exception {
    BuildResult made = export(true);
    assertThat(importing()).isEqualTo(made);
    assertThat(cached()).isEqualTo(4);
    assertThat(build("two", request())).isEqualTo(made);
    assertThat(cached()).as("they are there now").isEqualTo(4);
  }

  @Test
  void theLeastIsWhatTheImageIsMadeOf() throws Exception {
    BuildResult made = export(false);
    importing();
    assertThat(cached()).as("all but the other stage's").isEqualTo(3);
    assertThat(events)
        .filteredOn(event -> event instanceof BuildEvent.Cached)
        .noneMatch(event -> ((BuildEvent.Cached) event).step().stage().equals("other"));
    assertThat(made).isNotNull();
  }

  @Test
  void writingAgainReplacesWhatWasThere() throws Exception {
    export(true);
    List<Path> first = blobs();
    Files.writeString(context.resolve("a"), "changed");
    export(true);
    assertThat(blobs()).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aDirectoryThatIsNotThereIsWarnedOf() throws Exception {
    importing();
    assertThat(cached()).isZero();
    assertThat(warnings())
        .containsExactly(
            "cannot use the cache in "
                + exchange
                + ": "
                + exchange.resolve("index.json")
                + ": no such file");
  }

  @Test
  void aDamagedLayerIsNotTaken() throws Exception {
    BuildResult made = export(true);
    for (Path blob : blobs()) {
      byte[] bytes = Files.readAllBytes(blob);
      if (bytes[0] != '{') {
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
      }
    }
    BuildResult again = importing();
    assertThat(warnings()).singleElement().asString().startsWith("cannot use the cache in ");
    assertThat(made).isNotNull();
    try (Store store = Store.open(directory.resolve("two"))) {
      assertThat(store.damagedBlobs()).isEmpty();
      assertThat(store.images().list().getFirst().id()).isEqualTo(again.imageId());
    }
  }

  @Test
  void imagesAreNotOverwritten() throws Exception {
    build("one", request());
    Path store = directory.resolve("one");
    assertThatThrownBy(
            () -> build("two", request().withCacheTo(List.of(LocalCache.to(store, true)))))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageContaining("it holds images");
    build("one", request());
    assertThat(cached()).isEqualTo(4);
  }
}
