package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADD and contexts from an HTTP server and from git repositories on it. */
class RemoteSourcesTest {
  @TempDir Path directory;
  private Path context;
  private Path served;
  private Store store;
  private Builder builder;
  private HttpServer server;
  private String address;

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    served = Files.createDirectory(directory.resolve("served"));
    store = Store.open(directory.resolve("store"));
    builder = new Builder(store, new StoredImages(store));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
          boolean there = Files.isRegularFile(file);
          byte[] body = there ? Files.readAllBytes(file) : new byte[0];
          exchange.getResponseHeaders().add("Last-Modified", "Sun, 13 Sep 2020 12:26:40 GMT");
          exchange.sendResponseHeaders(there ? 200 : 404, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @AfterEach
  void close() {
    server.stop(0);
    store.close();
  }

  private BuildRequest request(String dockerfile) {
    return BuildRequest.of(new BuildContext.Folder(context))
        .withDockerfile(new DockerfileSource.Text("Dockerfile", dockerfile));
  }

  private Map<String, String> files(BuildRequest request) throws Exception {
    BuildResult result = builder.build(request, BuildProgress.NONE);
    Image image = Image.read(store.blobs(), result.manifest(), Platform.host());
    Map<String, String> files = new TreeMap<>();
    try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
      for (FileNode node : tree.tree().walk()) {
        if (node.isFile()) {
          try (InputStream in = tree.content().open(node)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String mode = Integer.toOctalString(node.entry().mode());
            files.put(node.path(), mode + " " + node.entry().modified() + " " + text);
          }
        }
      }
    }
    return files;
  }

  private void git(Path place, String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", place.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_AUTHOR_NAME", "a",
                "GIT_AUTHOR_EMAIL", "a@example.org",
                "GIT_COMMITTER_NAME", "a",
                "GIT_COMMITTER_EMAIL", "a@example.org",
                "GIT_COMMITTER_DATE", "1600000000 +0000"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** A repository that is served as plain files, the branch main and the tag v1 before it. */
  private String repository() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "git is not installed");
    Path work = Files.createDirectory(directory.resolve("work"));
    git(work, "init", "-q", "-b", "main");
    Files.createDirectories(work.resolve("sub"));
    Files.writeString(work.resolve("sub/f"), "first");
    Files.writeString(work.resolve("Dockerfile"), "FROM scratch\nCOPY sub /s/\n");
    git(work, "add", ".");
    git(work, "commit", "-q", "-m", "one");
    git(work, "tag", "v1");
    Files.writeString(work.resolve("sub/f"), "second");
    git(work, "commit", "-q", "-a", "-m", "two");
    git(directory, "clone", "-q", "--bare", work.toString(), served.resolve("repo.git").toString());
    git(served.resolve("repo.git"), "update-server-info");
    return address + "repo.git";
  }

  @Test
  void aFileComesWithTheServersTimeAndForItsOwnerAlone() throws Exception {
    Files.writeString(served.resolve("a.txt"), "text");
    assertThat(files(request("FROM scratch\nADD " + address + "a.txt?x=1 /d/\n")))
        .containsExactly(Map.entry("d/a.txt", "600 2020-09-13T12:26:40Z text"));
    assertThat(files(request("FROM scratch\nADD --chmod=644 " + address + "a.txt /b\n")))
        .containsExactly(Map.entry("b", "644 2020-09-13T12:26:40Z text"));
  }

  @Test
  void anArchiveFromElsewhereIsUnpackedOnDemandOnly() throws Exception {
    Path made = Files.writeString(directory.resolve("in"), "inside");
    Process tar =
        new ProcessBuilder(
                "tar", "-cf", served.resolve("a.tar").toString(), "-C", directory.toString(), "in")
            .start();
    assertThat(tar.waitFor()).isZero();
    Files.copy(served.resolve("a.tar"), context.resolve("local.tar"));
    Files.delete(made);
    assertThat(files(request("FROM scratch\nADD " + address + "a.tar local.tar /\n")))
        .containsOnlyKeys("a.tar", "in");
    assertThat(files(request("FROM scratch\nADD --unpack=true " + address + "a.tar /x\n")))
        .containsOnlyKeys("x/in");
  }

  @Test
  void aChecksumIsChecked() throws Exception {
    Files.writeString(served.resolve("a"), "text");
    Digest digest = Digest.sha256("text".getBytes(StandardCharsets.UTF_8));
    assertThat(files(request("FROM scratch\nADD --checksum=" + digest + " " + address + "a /\n")))
        .containsOnlyKeys("a");
    Files.writeString(served.resolve("a"), "other");
    assertThatThrownBy(
            () ->
                files(request("FROM scratch\nADD --checksum=" + digest + " " + address + "a /\n")))
        .isInstanceOf(CooperException.class)
        .hasMessageContaining("digest mismatch sha256:")
        .hasMessageContaining(digest.toString());
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(() -> files(request("FROM scratch\nADD " + address + "none /\n")))
        .hasMessageContaining("failed to GET " + address + "none with status 404");
    assertThatThrownBy(() -> files(request("FROM scratch\nADD " + address + " /d/\n")))
        .hasMessageContaining("cannot determine filename for source " + address);
  }

  @Test
  void aRepositoryIsAdded() throws Exception {
    String repository = repository();
    assertThat(files(request("FROM scratch\nADD " + repository + "#v1:sub /x\n")))
        .containsExactly(Map.entry("x/f", "644 2020-09-13T12:26:40Z first"));
    assertThat(files(request("FROM scratch\nADD " + repository + " /x\n")))
        .containsOnlyKeys("x/Dockerfile", "x/sub/f")
        .containsEntry("x/sub/f", "644 2020-09-13T12:26:40Z second");
    assertThat(files(request("FROM scratch\nADD --keep-git-dir=true " + repository + " /x\n")))
        .containsKey("x/.git/HEAD");
    assertThatThrownBy(() -> files(request("FROM scratch\nADD " + repository + "#none /x\n")))
        .hasMessageContaining("does not contain ref none");
    assertThatThrownBy(() -> files(request("FROM scratch\nADD " + repository + "#v1:none /x\n")))
        .hasMessageContaining("there is no directory none at that commit");
  }

  @Test
  void aContextComesFromARepositoryOrAnArchiveOrIsADockerfileAlone() throws Exception {
    String repository = repository();
    BuildRequest plain = BuildRequest.of(new BuildContext.Remote(repository + "#v1"));
    assertThat(files(plain))
        .containsOnlyKeys("s/f")
        .containsEntry("s/f", "644 2020-09-13T12:26:40Z first");
    Process tar =
        new ProcessBuilder(
                "tar",
                "-czf",
                served.resolve("c.tgz").toString(),
                "-C",
                directory.resolve("work").toString(),
                ".")
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(files(BuildRequest.of(new BuildContext.Remote(address + "c.tgz"))))
        .containsOnlyKeys("s/f");
    Files.writeString(served.resolve("D"), "FROM scratch\nADD " + address + "D /\n");
    assertThat(files(BuildRequest.of(new BuildContext.Remote(address + "D"))))
        .containsOnlyKeys("D");
  }

  @Test
  void namedContextsStandInForImagesAndStages() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("f"), "named");
    Files.writeString(other.resolve("secret"), "x");
    Files.writeString(other.resolve(".dockerignore"), "secret\n.dockerignore\n");
    Map<String, BuildContext> named =
        Map.of("extra", new BuildContext.Folder(other), "base", new BuildContext.Folder(other));
    String dockerfile = "FROM nowhere AS base\nFROM base\nCOPY --from=extra . /e/\n";
    assertThat(files(request(dockerfile).withNamedContexts(named))).containsOnlyKeys("f", "e/f");
  }

  @Test
  void aLayoutIsANamedContext() throws Exception {
    Path layout = directory.resolve("layout");
    Files.writeString(context.resolve("a"), "from the layout");
    builder.build(
        request("FROM scratch\nCOPY a /a\nENV A=1\n")
            .withSourceDateEpoch(Instant.EPOCH)
            .withOutputs(
                List.of(
                    new BuildOutput.Layout(
                        dev.cooper.image.archive.ImageArchive.Form.OCI,
                        layout,
                        dev.cooper.image.archive.LayerPacking.DEFAULT,
                        List.of(dev.cooper.image.Reference.parse("x:v")),
                        Annotations.NONE))),
        BuildProgress.NONE);
    BuildRequest request =
        request("FROM alpine\nCOPY --from=alpine:latest /a /b\n")
            .withNamedContexts(Map.of("alpine", new BuildContext.Layout(layout, "v")));
    assertThat(files(request)).containsOnlyKeys("a", "b");
    assertThatThrownBy(
            () ->
                files(
                    request.withNamedContexts(
                        Map.of("alpine", new BuildContext.Layout(layout, "w")))))
        .hasMessageContaining("has no image w");
  }
}
