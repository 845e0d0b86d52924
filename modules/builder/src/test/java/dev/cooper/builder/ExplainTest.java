package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.store.GarbageRoots;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build says about steps that it does again. */
class ExplainTest {
  @TempDir Path directory;
  private Path context;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    store = Store.open(directory.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BuildRequest request() {
    return BuildRequest.of(new BuildContext.Folder(context)).withExplain(true);
  }

  private List<String> build(String dockerfile) throws Exception {
    return build(dockerfile, request());
  }

  /** Builds, and tells the reasons as {@code number: text}. */
  private List<String> build(String dockerfile, BuildRequest request) throws Exception {
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    List<String> told = new ArrayList<>();
    BuildProgress progress =
        event -> {
          if (event instanceof BuildEvent.Missed missed) {
            for (Reason reason : missed.reasons()) {
              told.add(missed.step().number() + ": " + reason.text());
            }
          }
        };
    BuildResult _ = new Builder(store, new StoredImages(store)).build(request, progress);
    return told;
  }

  private void file(String path, String content) throws Exception {
    Path file = context.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void theFirstBuildHasNothingToCompareWithAndTheSecondNothingToTell() throws Exception {
    file("a", "1");
    String dockerfile = "FROM scratch\nCOPY a /\nENV A=1\n";
    assertThat(build(dockerfile))
        .containsExactly("2: no earlier build had this step", "3: no earlier build had this step");
    assertThat(build(dockerfile)).isEmpty();
  }

  @Test
  void filesAreNamedWithWhatHappenedToThem() throws Exception {
    for (String name : List.of("same", "edited", "gone", "script", "deep/er/file")) {
      file("src/" + name, name);
    }
    Files.setPosixFilePermissions(
        context.resolve("src/script"), PosixFilePermissions.fromString("rw-r--r--"));
    String dockerfile = "FROM scratch\nCOPY src /\nENV A=1\n";
    build(dockerfile);
    file("src/edited", "another text");
    file("src/new/file", "x");
    Files.delete(context.resolve("src/gone"));
    Files.setPosixFilePermissions(
        context.resolve("src/script"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(build(dockerfile))
        .containsExactly(
            "2: src/edited changed",
            "2: src/gone removed",
            "2: src/new/file added",
            "2: src/script mode changed 0644 → 0755",
            "3: it builds on step 2, which changed");
  }

  @Test
  void anEditOfTheSameSizeAndMomentIsSeen() throws Exception {
    file("a", "one");
    String dockerfile = "FROM scratch\nCOPY a /\n";
    build(dockerfile);
    file("a", "two");
    assertThat(build(dockerfile)).containsExactly("2: a changed");
  }

  @Test
  void anInstructionIsToldAsItWas() throws Exception {
    build("FROM scratch\nENV A=1\nENV B=1\n");
    assertThat(build("FROM scratch\nENV A=2\nENV B=1\n"))
        .containsExactly(
            "2: the instruction was: ENV A=1", "3: it builds on step 2, which changed");
  }

  @Test
  void aStepPutInBetweenIsNewAndTheOthersAreKnownAgain() throws Exception {
    build("FROM scratch\nENV A=1\nENV B=1\n");
    assertThat(build("FROM scratch\nENV A=1\nLABEL x=y\nENV B=1\n"))
        .containsExactly(
            "3: no earlier build had this step", "4: it builds on step 3, which changed");
  }

  @Test
  void variablesAreFilledIn() throws Exception {
    String dockerfile = "FROM scratch\nARG V=1\nLABEL v=$V\n";
    build(dockerfile);
    assertThat(build(dockerfile, request().withArguments(Map.of("V", "2"))))
        .containsExactly("3: the instruction was: LABEL v=1");
  }

  @Test
  void whatWasPrunedIsGone() throws Exception {
    String dockerfile = "FROM scratch\nENV A=1\n";
    build(dockerfile);
    BuildCache cache = new BuildCache(store, GarbageRoots.NONE);
    BuildCache.Pruned _ = cache.prune(entry -> entry.kind() == BuildCache.Kind.REGULAR, 0);
    assertThat(build(dockerfile)).containsExactly("2: its result is no longer in the cache");
    BuildCache.Pruned _ = cache.prune(entry -> true, 0);
    assertThat(store.cacheDirectory().resolve("builds")).isEmptyDirectory();
    assertThat(build(dockerfile)).containsExactly("2: no earlier build had this step");
  }

  @Test
  void onlyTheDockerfilesBuiltLastAreRemembered() throws Exception {
    Path builds = Files.createDirectories(store.cacheDirectory().resolve("builds"));
    for (int i = 0; i < BuildMemory.LIMIT + 5; i++) {
      Path file = Files.writeString(builds.resolve("m" + i), "");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (1 + i)));
    }
    String dockerfile = "FROM scratch\nENV A=1\n";
    build(dockerfile);
    try (Stream<Path> files = Files.list(builds)) {
      assertThat(files).hasSize(BuildMemory.LIMIT);
    }
    assertThat(builds.resolve("m5")).doesNotExist();
    assertThat(builds.resolve("m6")).exists();
    assertThat(build(dockerfile)).isEmpty();
    // What is used again is as good as new.
    assertThat(build(dockerfile.replace("1", "2")))
        .containsExactly("2: the instruction was: ENV A=1");
  }

  @Test
  void aCacheThatIsOffIsTheReason() throws Exception {
    String dockerfile = "FROM scratch AS x\nENV A=1\n";
    build(dockerfile);
    assertThat(build(dockerfile, request().withUseCache(false)))
        .containsExactly("2: the cache is not used (--no-cache)");
    assertThat(build(dockerfile, request().withUncachedStages(List.of("x"))))
        .containsExactly("2: the cache is not used (--no-cache-filter x)");
  }

  @Test
  void anotherBaseIsTold() throws Exception {
    build("FROM scratch AS a\nENV A=1\nFROM a\nENV B=1\n");
    assertThat(build("FROM scratch AS a\nENV A=2\nFROM a\nENV B=1\n"))
        .containsExactly("2: the instruction was: ENV A=1", "4: the base a changed");
  }

  @Test
  void aStageThatIsCopiedFromIsNamed() throws Exception {
    file("f", "1");
    String dockerfile = "FROM scratch AS a\nCOPY f /\nFROM scratch\nCOPY --from=a /f /g\n";
    build(dockerfile);
    file("f", "2");
    assertThat(build(dockerfile)).containsExactly("2: f changed", "4: f changed");
  }

  @Test
  void filesOfAStageAreNamedWithWhatHappenedToThem() throws Exception {
    for (String name : List.of("same", "other", "gone", "mode", "unseen")) {
      file("d/" + name, name);
    }
    String dockerfile =
        "FROM scratch AS a\nCOPY d /d\nFROM scratch\nCOPY --from=a /d/[gmosn]* /g/\n";
    build(dockerfile);
    file("d/other", "OTHER");
    file("d/unseen", "UNSEEN");
    file("d/new", "new");
    Files.delete(context.resolve("d/gone"));
    Files.setPosixFilePermissions(
        context.resolve("d/mode"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(build(dockerfile))
        .filteredOn(reason -> reason.startsWith("4:"))
        .containsExactly(
            "4: d/gone removed",
            "4: d/mode mode changed 0644 → 0750",
            "4: d/new added",
            "4: d/other changed");
  }

  @Test
  void aStageWhoseLayersOfThatTimeAreGoneIsNamedAsAWhole() throws Exception {
    file("f", "1");
    String dockerfile = "FROM scratch AS a\nCOPY f /\nFROM scratch\nCOPY --from=a /f /g\n";
    build(dockerfile);
    BuildCache.Pruned _ =
        new BuildCache(store, GarbageRoots.NONE)
            .prune(entry -> entry.kind() == BuildCache.Kind.REGULAR, 0);
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
    file("f", "2");
    assertThat(build(dockerfile)).contains("4: the content of a changed");
  }
}
