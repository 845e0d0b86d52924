package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that run no process, and therefore need neither root nor Linux. */
class BuilderTest {
  @TempDir Path directory;
  private Path context;
  private Store store;
  private Builder builder;
  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    store = Store.open(directory.resolve("store"));
    builder = new Builder(store, new StoredImages(store));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BuildResult build(String dockerfile) throws Exception {
    return build(dockerfile, request());
  }

  private BuildRequest request() {
    return BuildRequest.of(new BuildContext.Folder(context));
  }

  private BuildResult build(String dockerfile, BuildRequest request) throws Exception {
    events.clear();
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    return builder.build(request, events::add);
  }

  private void file(String path, String content) throws Exception {
    Path file = context.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_500_000_000_000L));
  }

  private long cached() {
    return events.stream().filter(event -> event instanceof BuildEvent.Cached).count();
  }

  private Image image(BuildResult result) throws Exception {
    return Image.read(store.blobs(), result.manifest(), Platform.host());
  }

  private String read(BuildResult result, String path) throws Exception {
    try (ImageTree tree = ImageTree.open(store.blobs(), image(result), store.indexes())) {
      FileNode node = tree.tree().resolve(path);
      try (InputStream in = tree.content().open(node)) {
        return new String(in.readAllBytes());
      }
    }
  }

  @Test
  void anUnchangedContextGivesTheSameImageFromTheCache() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nENV A=1\nCOPY a /a\nWORKDIR /w\n";
    BuildResult first = build(dockerfile);
    assertThat(cached()).isZero();
    BuildResult second = build(dockerfile);
    assertThat(cached()).isEqualTo(3);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void contentDecidesAndTimesDoNot() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nCOPY a /a\n";
    BuildResult first = build(dockerfile);
    Files.setLastModifiedTime(context.resolve("a"), FileTime.fromMillis(1_600_000_000_000L));
    assertThat(build(dockerfile)).isEqualTo(first);
    file("a", "two");
    BuildResult changed = build(dockerfile);
    assertThat(changed).isNotEqualTo(first);
    assertThat(read(changed, "/a")).isEqualTo("two");
    file("a", "one");
    assertThat(build(dockerfile)).isEqualTo(first);
  }

  /** A change that leaves size and time as they were, made right after a build. */
  @Test
  void aFileThatChangesInTheSameMomentIsNoticed() throws Exception {
    String dockerfile = "FROM scratch\nCOPY a /a\n";
    for (int i = 0; i < 20; i++) {
      file("a", "content " + (char) ('a' + i));
      assertThat(read(build(dockerfile), "/a")).isEqualTo("content " + (char) ('a' + i));
    }
  }

  @Test
  void permissionBitsCount() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nCOPY a /a\n";
    BuildResult first = build(dockerfile);
    assertThat(context.resolve("a").toFile().setExecutable(true, false)).isTrue();
    assertThat(build(dockerfile)).isNotEqualTo(first);
  }

  @Test
  void aFixedTimeMakesTheDigestDependOnContentAlone() throws Exception {
    file("d/a", "one");
    String dockerfile = "FROM scratch\nENV A=1\nCOPY d /x/y/\nWORKDIR /w\n";
    BuildRequest request = request().withSourceDateEpoch(Instant.ofEpochSecond(1_000_000));
    BuildResult first = build(dockerfile, request);
    Files.setLastModifiedTime(context.resolve("d/a"), FileTime.fromMillis(1_234_567_890_123L));
    try (Store other = Store.open(directory.resolve("other"))) {
      Builder elsewhere = new Builder(other, new StoredImages(other));
      assertThat(elsewhere.build(request, BuildProgress.NONE)).isEqualTo(first);
    }
    assertThat(image(first).config().created()).isEqualTo(Instant.ofEpochSecond(1_000_000));
  }

  @Test
  void theCacheCanBeLeftAlone() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch AS x\nCOPY a /a\n";
    build(dockerfile);
    build(dockerfile, request().withUseCache(false));
    assertThat(cached()).isZero();
    build(dockerfile, request().withUncachedStages(List.of("x")));
    assertThat(cached()).isZero();
    build(dockerfile);
    assertThat(cached()).isEqualTo(1);
  }

  @Test
  void aLostLayerIsMadeAgain() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nCOPY a /a\n";
    BuildResult first = build(dockerfile);
    Files.delete(store.blobs().path(image(first).layers().getFirst().digest()));
    assertThat(read(build(dockerfile), "/a")).isEqualTo("one");
  }

  @Test
  void damagedCacheFilesAreAsIfTheyWereNotThere() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nCOPY a /a\n";
    build(dockerfile);
    try (var files = Files.walk(store.cacheDirectory())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(each);
        Files.write(each, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
    assertThat(read(build(dockerfile), "/a")).isEqualTo("one");
    assertThat(cached()).isZero();
  }

  @Test
  void stagesAreBuiltOnlyWhereNeeded() throws Exception {
    file("a", "one");
    BuildResult result =
        build(
            """
            FROM scratch AS unused
            COPY nothing /
            FROM scratch AS one
            COPY a /x
            FROM scratch
            COPY --from=one /x /y
            """);
    assertThat(read(result, "/y")).isEqualTo("one");
    assertThat(events).noneMatch(e -> e instanceof BuildEvent.Started s && s.step().number() > 4);
  }

  @Test
  void betweenImagesFilesKeepTheirOwners() throws Exception {
    file("a", "one");
    BuildResult result =
        build(
            """
            FROM scratch AS one
            COPY --chown=5:6 a /x
            FROM scratch
            COPY --from=one /x /kept
            COPY --from=one --chown=7:8 /x /given
            """);
    try (ImageTree tree = ImageTree.open(store.blobs(), image(result), store.indexes())) {
      assertThat(tree.tree().lookup("kept").entry().uid()).isEqualTo(5);
      assertThat(tree.tree().lookup("kept").entry().gid()).isEqualTo(6);
      assertThat(tree.tree().lookup("given").entry().uid()).isEqualTo(7);
      assertThat(tree.tree().lookup("given").entry().gid()).isEqualTo(8);
    }
  }

  @Test
  void anArchiveAsContext() throws Exception {
    file("d/a", "one");
    file("d/b", "two");
    file(".dockerignore", "d/b\n");
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY d /x\n");
    Path tar = directory.resolve("context.tar");
    Process process =
        new ProcessBuilder("tar", "-C", context.toString(), "-czf", tar.toString(), ".").start();
    assertThat(process.waitFor()).isZero();
    try (InputStream in = Files.newInputStream(tar)) {
      BuildResult result =
          builder.build(BuildRequest.of(new BuildContext.Archive(in)), BuildProgress.NONE);
      assertThat(read(result, "/x/a")).isEqualTo("one");
      try (ImageTree tree = ImageTree.open(store.blobs(), image(result), store.indexes())) {
        assertThat(tree.tree().lookup("x/b")).isNull();
      }
    }
  }

  @Test
  void heredocsBecomeFiles() throws Exception {
    file("a", "one");
    BuildResult result =
        build(
            """
            FROM scratch
            ENV NAME=world
            COPY a <<first <<"second" /d/
            hello $NAME
            first
            hello $NAME
            second
            """);
    assertThat(read(result, "/d/a")).isEqualTo("one");
    assertThat(read(result, "/d/first")).isEqualTo("hello world\n");
    assertThat(read(result, "/d/second")).isEqualTo("hello $NAME\n");
  }

  @Test
  void aFailureNamesFileLineAndReason() throws Exception {
    assertThatThrownBy(() -> build("FROM scratch\n\nCOPY nope /\n"))
        .isInstanceOf(BuildFailure.class)
        .hasMessage(
            "Dockerfile:3: COPY failed: file not found in build context or excluded by"
                + " .dockerignore: stat nope: file does not exist");
    assertThat(store.images().list()).isEmpty();
  }

  @Test
  void anArchiveThatClimbsOutIsRefused() throws Exception {
    Path tar = context.resolve("x.tar");
    file("evil", "x");
    Process process =
        new ProcessBuilder("tar", "-P", "--transform", "s,^,../../,", "-cf", tar.toString(), "evil")
            .directory(context.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThatThrownBy(() -> build("FROM scratch\nADD x.tar /a/\n"))
        .isInstanceOf(CooperException.class)
        .hasMessageContaining("Dockerfile:2")
        .hasMessageContaining("x.tar")
        .hasMessageContaining("../../evil");
    try (var left = Files.list(directory.resolve("store/tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void namesAndLabelsAreGiven() throws Exception {
    BuildResult result =
        build(
            "FROM scratch\nLABEL a=b\n",
            request()
                .withTags(List.of(Reference.parse("one"), Reference.parse("two:2")))
                .withLabels(Map.of("c", "d", "a", "changed")));
    assertThat(store.images().require("two:2").id()).isEqualTo(result.imageId());
    assertThat(image(result).config().config().labels())
        .isEqualTo(Map.of("a", "changed", "c", "d"));
  }

  @Test
  void onlyWhatIsNamedIsLookedAt() throws Exception {
    file("wanted", "one");
    Path forbidden = Files.createDirectory(context.resolve("forbidden"));
    Files.createSymbolicLink(forbidden.resolve("loop"), Path.of("loop"));
    file("forbidden/f", "x");
    BuildResult result = build("FROM scratch\nCOPY wanted /\n");
    try (ImageTree tree = ImageTree.open(store.blobs(), image(result), store.indexes())) {
      assertThat(tree.tree().root().children()).hasSize(1);
      assertThat(tree.tree().lookup("wanted").type()).isEqualTo(EntryType.FILE);
    }
  }
}
