package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flags of COPY and ADD, platforms, and arguments that nobody wants. */
class CopyFlagsTest {
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
    for (String path : List.of("a/b/x.txt", "a/b/y.md", "a/z.txt", "c/x.txt", "c/d/e/w.txt")) {
      Path file = context.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, path);
    }
    Files.setAttribute(context.resolve("a/b"), "unix:mode", 0700);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BuildRequest request(String dockerfile) {
    return BuildRequest.of(new BuildContext.Folder(context))
        .withDockerfile(new DockerfileSource.Text("Dockerfile", dockerfile));
  }

  private Image build(BuildRequest request) throws Exception {
    events.clear();
    BuildResult result = builder.build(request, events::add);
    return Image.read(store.blobs(), result.manifest(), Platform.host());
  }

  /** Every path, with the mode of directories. */
  private List<String> paths(String instruction) throws Exception {
    List<String> paths = new ArrayList<>();
    Image image = build(request("FROM scratch\n" + instruction + "\n"));
    try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
      for (FileNode node : tree.tree().walk()) {
        if (!node.path().isEmpty()) {
          String mode = node.isDirectory() ? " " + Integer.toOctalString(node.entry().mode()) : "";
          paths.add(node.path() + mode);
        }
      }
    }
    return paths;
  }

  @Test
  void parentsAreKept() throws Exception {
    assertThat(paths("COPY --parents a/b/x.txt c/x.txt /to/"))
        .containsExactly(
            "to 755", "to/a 755", "to/a/b 700", "to/a/b/x.txt", "to/c 755", "to/c/x.txt");
    assertThat(paths("COPY --parents a/./b/*.txt /to/"))
        .containsExactly("to 755", "to/b 700", "to/b/x.txt");
    assertThat(paths("COPY --parents c/d /to/"))
        .containsExactly("to 755", "to/c 755", "to/c/d 755", "to/c/d/e 755", "to/c/d/e/w.txt");
    assertThat(paths("COPY --parents **/x.txt /"))
        .containsExactly("a 755", "a/b 700", "a/b/x.txt", "c 755", "c/x.txt");
    assertThatThrownBy(() -> paths("COPY --parents a/none /"))
        .hasMessageContaining("file not found in build context");
  }

  @Test
  void parentsFollowTheExcludes() throws Exception {
    assertThat(paths("COPY --parents --exclude=**/*.md a /to/"))
        .containsExactly("to 755", "to/a 755", "to/a/b 700", "to/a/b/x.txt", "to/a/z.txt");
  }

  @Test
  void excludesLeaveOut() throws Exception {
    assertThat(paths("COPY --exclude=b --exclude=!b/x.txt a /to/"))
        .containsExactly("to 755", "to/b 700", "to/b/x.txt", "to/z.txt");
    // A pattern is a pattern, and not a line of a file where # begins a comment.
    Files.writeString(context.resolve("a/#n"), "");
    assertThat(paths("COPY --exclude=#n --exclude=b a /to/")).containsExactly("to 755", "to/z.txt");
  }

  @Test
  void modesAreChangedByClauses() throws Exception {
    assertThat(paths("COPY --chmod=u=rwX,go=rX a /to/")).contains("to/b 755");
    assertThatThrownBy(() -> paths("COPY --chmod=9 a /to/"))
        .hasMessageContaining("invalid chmod parameter: '9'");
  }

  @Test
  void aLayerSaysHowItWasMade() throws Exception {
    Image image = build(request("FROM scratch\nCOPY a  \\\n  /to/\n"));
    assertThat(image.layers().getFirst().annotations())
        .containsEntry(Descriptor.INSTRUCTION, "COPY a    /to/");
    assertThat(build(request("FROM scratch\nCOPY a  \\\n  /to/\n"))).isEqualTo(image);
  }

  @Test
  void argumentsThatNobodyDeclaredAreToldOf() throws Exception {
    String dockerfile = "ARG G\nFROM scratch AS other\nARG U\nFROM scratch\nARG A\nCOPY a /\n";
    build(
        request(dockerfile)
            .withArguments(
                Map.of(
                    "A", "1", "G", "1", "U", "1", "x", "1", "HTTP_PROXY", "p", "TARGETARCH", "x")));
    assertThat(events)
        .contains(new BuildEvent.Warned("One or more build-args [U x] were not consumed"));
    build(request(dockerfile).withArguments(Map.of("A", "1")));
    assertThat(events).noneMatch(event -> event instanceof BuildEvent.Warned);
  }

  @Test
  void aBaseImageForAnotherPlatformIsRefusedWhereOneWasAskedFor() throws Exception {
    build(
        request("FROM scratch\nCOPY a /\n")
            .withPlatforms(List.of(Platform.parse("linux/s390x")))
            .withTags(List.of(Reference.parse("big"))));
    assertThatThrownBy(
            () ->
                build(
                    request("FROM big\nENV A=1\n")
                        .withPlatforms(List.of(Platform.parse("linux/amd64")))))
        .isInstanceOf(CooperException.class)
        .hasMessageContaining(
            "image with reference big was found but does not match the specified platform: wanted"
                + " linux/amd64, actual: linux/s390x");
    Image image = build(request("FROM big\nENV A=1\n"));
    assertThat(image.config().architecture()).isEqualTo("s390x");
    assertThat(events).anyMatch(event -> event instanceof BuildEvent.Warned);
  }

  @Test
  void aStageCanBeForTheMachineThatBuilds() throws Exception {
    String dockerfile =
        "FROM --platform=$BUILDPLATFORM scratch AS tools\n"
            + "ARG BUILDPLATFORM TARGETPLATFORM TARGETVARIANT\n"
            + "LABEL b=$BUILDPLATFORM t=$TARGETPLATFORM v=$TARGETVARIANT\n"
            + "COPY a /\n";
    Image tools = build(request(dockerfile).withPlatforms(List.of(Platform.parse("linux/arm/v7"))));
    assertThat(tools.config().platform()).isEqualTo(Platform.host());
    assertThat(tools.config().config().labels())
        .isEqualTo(Map.of("b", Platform.host().toString(), "t", "linux/arm/v7", "v", "v7"));
  }
}
