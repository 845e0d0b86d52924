package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code COPY --link}: a layer that neither sees nor depends on what lies below it. */
class LinkedCopyTest {
  private static final String BASE = "FROM scratch AS base\nCOPY base /\nFROM base\n";

  @TempDir Path directory;
  private Path context;
  private Store store;
  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    store = Store.open(directory.resolve("store"));
    file("base/usr/lib/old", "old");
    Files.createSymbolicLink(context.resolve("base/lib"), Path.of("usr/lib"));
    file("base/etc/passwd", "app:x:7:8::/:/x\n");
    file("new", "new");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void file(String path, String content) throws Exception {
    Files.createDirectories(context.resolve(path).getParent());
    Files.writeString(context.resolve(path), content);
  }

  private Image build(String dockerfile) throws Exception {
    events.clear();
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    BuildResult result =
        new Builder(store, new StoredImages(store))
            .build(
                BuildRequest.of(new BuildContext.Folder(context)).withExplain(true), events::add);
    return Image.read(store.blobs(), result.manifest(), Platform.host());
  }

  /** Every path with its type and owner. */
  private Map<String, String> files(Image image) throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
      for (FileNode node : tree.tree().walk()) {
        files.put(node.path(), node.type() + " " + node.entry().uid());
      }
    }
    return files;
  }

  private List<String> cached() {
    return events.stream()
        .filter(event -> event instanceof BuildEvent.Cached)
        .map(event -> ((BuildEvent.Cached) event).step().text())
        .toList();
  }

  @Test
  void linksOfTheImageBelowAreNotFollowed() throws Exception {
    assertThat(files(build(BASE + "COPY new /lib/\n")))
        .containsKeys("usr/lib/new", "usr/lib/old")
        .containsEntry("lib", "SYMLINK 0");
    assertThat(files(build(BASE + "COPY --link new /lib/\n")))
        .containsEntry("lib", "DIRECTORY 0")
        .containsKeys("lib/new", "usr/lib/old")
        .doesNotContainKey("usr/lib/new");
    // A file takes the place of a folder that it cannot know of.
    assertThat(files(build(BASE + "COPY --link new /usr\n")))
        .containsEntry("usr", "FILE 0")
        .doesNotContainKey("usr/lib");
  }

  @Test
  void theLayerStaysWhenTheImageBelowChanges() throws Exception {
    String dockerfile =
        BASE + "COPY --link new /a/\nADD --link new /b/\nCOPY --link --from=0 /etc /c/\n";
    Image before = build(dockerfile);
    file("base/usr/lib/old", "changed");
    Image after = build(dockerfile);
    assertThat(cached())
        .containsExactly(
            "COPY --link new /a/", "ADD --link new /b/", "COPY --link --from=0 /etc /c/");
    assertThat(after.layers().subList(1, 4)).isEqualTo(before.layers().subList(1, 4));
    assertThat(after.layers().getFirst()).isNotEqualTo(before.layers().getFirst());
    assertThat(files(after)).containsKeys("a/new", "b/new", "c/passwd", "usr/lib/old");
    // What follows sees both, and is done again where it does not link.
    build(dockerfile + "COPY new /lib/more\n");
    file("base/usr/lib/old", "changed again");
    Image more = build(dockerfile + "COPY new /lib/more\n");
    assertThat(cached()).hasSize(3);
    assertThat(files(more)).containsKeys("usr/lib/more", "a/new");
    assertThat(build(dockerfile + "COPY new /lib/more\n")).isEqualTo(more);
  }

  @Test
  void itsOwnInputsStillCount() throws Exception {
    String dockerfile = BASE + "COPY --link new /a/\n";
    Image before = build(dockerfile);
    file("new", "other");
    Image after = build(dockerfile);
    assertThat(after.layers().getLast()).isNotEqualTo(before.layers().getLast());
    assertThat(
            events.stream()
                .filter(event -> event instanceof BuildEvent.Missed)
                .flatMap(event -> ((BuildEvent.Missed) event).reasons().stream())
                .map(String::valueOf))
        .hasSize(1)
        .first()
        .asString()
        .contains("new");
    build(BASE + "COPY new /a/\n");
    assertThat(cached()).doesNotContain("COPY new /a/");
  }

  @Test
  void ownersAreNumbers() throws Exception {
    assertThat(files(build(BASE + "COPY --chown=app new /a/\n"))).containsEntry("a/new", "FILE 7");
    assertThat(files(build(BASE + "COPY --link --chown=9 new /a/\n")))
        .containsEntry("a/new", "FILE 9");
    assertThatThrownBy(() -> build(BASE + "COPY --link --chown=app new /a/\n"))
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining("no such user: app");
  }
}
