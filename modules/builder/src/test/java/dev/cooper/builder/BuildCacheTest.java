package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Reference;
import dev.cooper.store.GarbageRoots;
import dev.cooper.store.ImageUsers;
import dev.cooper.store.Removal;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  private static final int FILE = 100_000;

  @TempDir Path directory;
  private Path context;
  private Store store;
  private BuildCache cache;
  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    store = Store.open(directory.resolve("store"));
    cache = new BuildCache(store, GarbageRoots.NONE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BuildResult build(String name, String dockerfile) throws Exception {
    events.clear();
    return new Builder(store, new StoredImages(store))
        .build(
            BuildRequest.of(new BuildContext.Folder(context))
                .withDockerfile(new DockerfileSource.Text("Dockerfile", dockerfile))
                .withTags(List.of(Reference.parse(name))),
            events::add);
  }

  private long cached() {
    return events.stream().filter(event -> event instanceof BuildEvent.Cached).count();
  }

  private void file(String name) throws Exception {
    byte[] bytes = new byte[FILE];
    new java.util.Random(name.hashCode()).nextBytes(bytes);
    Files.write(context.resolve(name), bytes);
  }

  private void remove(String name) throws Exception {
    Removal _ = store.images().remove(name, true, ImageUsers.NONE, new StepCache(store));
  }

  private void collect() throws Exception {
    assertThat(store.collect(new StepCache(store))).isPresent();
  }

  private List<Path> blobs() throws Exception {
    try (var files = Files.list(store.root().resolve("blobs/sha256"))) {
      return files.toList();
    }
  }

  @Test
  void whatAnImageHasIsSharedAndTakesNoSpaceOfItsOwn() throws Exception {
    file("a");
    build("one", "FROM scratch\nCOPY a /\n");
    assertThat(cache.list()).filteredOn(BuildCache.Entry::shared).hasSize(1);
    assertThat(cache.size()).isLessThan(FILE);
    remove("one");
    assertThat(cache.list()).noneMatch(BuildCache.Entry::shared);
    assertThat(cache.size()).isGreaterThan(FILE);
  }

  @Test
  void removingAnImageTellsOfWhatIsReallyGone() throws Exception {
    file("a");
    BuildResult result = build("one", "FROM scratch\nCOPY a /\n");
    Removal removal = store.images().remove("one", false, ImageUsers.NONE, new StepCache(store));
    assertThat(removal.deleted()).containsExactly(result.imageId());
    collect();
    build("one", "FROM scratch\nCOPY a /\n");
    assertThat(cached()).isEqualTo(1);
    BuildCache.Pruned _ = cache.prune(entry -> true, 0);
    assertThat(store.images().remove("one", false, ImageUsers.NONE, new StepCache(store)).deleted())
        .hasSize(2);
  }

  @Test
  void pruningGivesTheDiskBack() throws Exception {
    file("a");
    build("one", "FROM scratch\nENV A=1\nCOPY a /\n");
    remove("one");
    collect();
    assertThat(blobs()).hasSize(1);
    BuildCache.Pruned pruned = cache.prune(entry -> true, 0);
    assertThat(pruned.bytes()).isGreaterThan(FILE);
    // Two steps, what is known of the context's files, and what the last build did.
    assertThat(pruned.ids()).hasSize(4);
    collect();
    assertThat(blobs()).isEmpty();
    assertThat(cache.list()).isEmpty();
    build("one", "FROM scratch\nENV A=1\nCOPY a /\n");
    assertThat(cached()).isZero();
  }

  @Test
  void whatWasUsedLongestAgoGoesFirstAndABuildFromItsEnd() throws Exception {
    file("a");
    file("b");
    file("c");
    String old = "FROM scratch\nCOPY a /\n";
    String young = "FROM scratch\nCOPY b /\nCOPY c /\n";
    build("old", old);
    build("young", young);
    build("old", old);
    remove("old");
    remove("young");
    collect();
    // Three layers; two may stay, and "old" was used last.
    BuildCache.Pruned pruned = cache.trim(FILE * 2 + FILE / 2);
    assertThat(pruned.bytes()).isGreaterThan(FILE);
    build("old", old);
    assertThat(cached()).isEqualTo(1);
    build("young", young);
    assertThat(cached()).as("the first of its two layers stayed").isEqualTo(1);
  }

  @Test
  void aCacheWithinItsLimitIsLeftAlone() throws Exception {
    file("a");
    build("one", "FROM scratch\nCOPY a /\n");
    remove("one");
    assertThat(cache.trim(10 * FILE).ids()).isEmpty();
    build("one", "FROM scratch\nCOPY a /\n");
    assertThat(cached()).isEqualTo(1);
  }

  @Test
  void anAliasGoesWithItsStep() throws Exception {
    file("a");
    String dockerfile = "FROM scratch AS x\nCOPY a /\nFROM scratch\nCOPY --from=x /a /b\n";
    build("one", dockerfile);
    BuildCache.Pruned _ = cache.prune(entry -> true, 0);
    try (var files = Files.walk(store.cacheDirectory().resolve("steps"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
