package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.image.CooperException;
import dev.cooper.image.DockerArchiveEntry;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.ImageArchive;
import dev.cooper.image.archive.LayerPacking;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where results of builds go, and what is there then. */
class OutputTest {
  private static final LayerPacking DOCKER = LayerPacking.DEFAULT.withDockerTypes(true);

  @TempDir Path directory;
  private Path context;
  private Store store;
  private Builder builder;

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    store = Store.open(directory.resolve("store"));
    builder = new Builder(store, new StoredImages(store));
    Files.writeString(context.resolve("a"), "one");
    Files.createLink(context.resolve("b"), context.resolve("a"));
    Files.createSymbolicLink(context.resolve("l"), Path.of("a"));
    Files.createDirectories(context.resolve("d"));
    Files.writeString(context.resolve("d/f"), "two");
    Files.setAttribute(context.resolve("d/f"), "unix:mode", 0750);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BuildResult build(String dockerfile, BuildOutput... outputs) throws Exception {
    return build(request(dockerfile).withOutputs(List.of(outputs)));
  }

  private BuildRequest request(String dockerfile) {
    return BuildRequest.of(new BuildContext.Folder(context))
        .withDockerfile(new DockerfileSource.Text("Dockerfile", dockerfile));
  }

  private BuildResult build(BuildRequest request) throws Exception {
    return builder.build(request, BuildProgress.NONE);
  }

  private static Map<String, TarEntry> entries(byte[] tar) throws Exception {
    Map<String, TarEntry> entries = new TreeMap<>();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (TarEntry entry; (entry = reader.next()) != null; ) {
        entries.put(entry.path(), entry);
      }
    }
    return entries;
  }

  private static byte[] content(byte[] tar, String path) throws Exception {
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (TarEntry entry; (entry = reader.next()) != null; ) {
        if (entry.path().equals(path)) {
          return reader.content().readAllBytes();
        }
      }
    }
    throw new AssertionError("no " + path);
  }

  private byte[] archive(ImageArchive.Form form, LayerPacking packing, String dockerfile)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    build(
        dockerfile,
        new BuildOutput.Archive(
            form,
            new BuildOutput.Destination.Stream(out),
            packing,
            List.of(Reference.parse("example.org/made:1")),
            Annotations.NONE));
    return out.toByteArray();
  }

  @Test
  void filesGoIntoAFolderAndWhatIsThereStays() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("out"));
    Files.writeString(folder.resolve("old"), "old");
    Files.writeString(folder.resolve("a"), "to be replaced");
    BuildResult result = build("FROM scratch\nCOPY . /\n", new BuildOutput.Files(folder));
    assertThat(result.exported()).isNull();
    assertThat(folder.resolve("old")).hasContent("old");
    assertThat(folder.resolve("a")).hasContent("one");
    assertThat(Files.getAttribute(folder.resolve("a"), "unix:ino"))
        .isEqualTo(Files.getAttribute(folder.resolve("b"), "unix:ino"));
    assertThat(Files.readSymbolicLink(folder.resolve("l"))).isEqualTo(Path.of("a"));
    assertThat((int) Files.getAttribute(folder.resolve("d/f"), "unix:mode") & 07777)
        .isEqualTo(0750);
    assertThat(store.images().list()).isEmpty();
  }

  /** A link in the folder, whoever put it there, is no way out of the folder. */
  @Test
  void linksInTheFolderAreReplacedAndNotFollowed() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("f"), "outside");
    Path folder = Files.createDirectory(directory.resolve("out"));
    Files.createSymbolicLink(folder.resolve("d"), outside);
    Files.createSymbolicLink(folder.resolve("a"), outside.resolve("f"));
    build("FROM scratch\nCOPY . /\n", new BuildOutput.Files(folder));
    assertThat(outside.resolve("f")).hasContent("outside");
    assertThat(Files.isDirectory(folder.resolve("d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(folder.resolve("d/f")).hasContent("two");
  }

  @Test
  void aFullDirectoryInAFilesWayIsNotRemoved() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("out/a")).getParent();
    Files.writeString(folder.resolve("a/precious"), "x");
    assertThatThrownBy(() -> build("FROM scratch\nCOPY a /a\n", new BuildOutput.Files(folder)))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageContaining("is a directory that is not empty");
    assertThat(folder.resolve("a/precious")).hasContent("x");
  }

  @Test
  void aTarHasTheOwners() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    build(
        "FROM scratch\nCOPY --chown=7:8 d /d\n",
        new BuildOutput.Tar(new BuildOutput.Destination.Stream(out)));
    TarEntry file = entries(out.toByteArray()).get("d/f");
    assertThat(file.uid()).isEqualTo(7);
    assertThat(file.gid()).isEqualTo(8);
    assertThat(content(out.toByteArray(), "d/f")).asString().isEqualTo("two");
  }

  @Test
  void aFileAppearsWholeOrStaysAsItWas() throws Exception {
    Path file = directory.resolve("out.tar");
    Files.writeString(file, "before");
    BuildOutput tar = new BuildOutput.Tar(new BuildOutput.Destination.File(file));
    assertThatThrownBy(() -> build("FROM scratch\nCOPY missing /\n", tar))
        .isInstanceOf(CooperException.class);
    assertThat(file).hasContent("before");
    build("FROM scratch\nCOPY a /\n", tar);
    assertThat(entries(Files.readAllBytes(file))).containsOnlyKeys("a");
    try (var left = Files.list(directory)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void aDockerArchiveSaysWhereEverythingIs() throws Exception {
    byte[] tar = archive(ImageArchive.Form.DOCKER, DOCKER, "FROM scratch\nCOPY a /\nENV A=1\n");
    Map<String, TarEntry> entries = entries(tar);
    List<DockerArchiveEntry> images = DockerArchiveEntry.parse(content(tar, "manifest.json"));
    assertThat(images).hasSize(1);
    assertThat(images.getFirst().repoTags()).containsExactly("example.org/made:1");
    assertThat(entries).containsKey(images.getFirst().config());
    assertThat(entries).containsKeys(images.getFirst().layers().toArray(new String[0]));
    Index index = Index.parse(content(tar, "index.json"));
    assertThat(index.manifests().getFirst().annotations())
        .containsEntry("io.containerd.image.name", "example.org/made:1")
        .containsEntry("org.opencontainers.image.ref.name", "1");
  }

  @Test
  void packingIsTheSameBytesEachTime() throws Exception {
    String dockerfile = "FROM scratch\nCOPY . /\nCOPY d /e/\n";
    for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)) {
      LayerPacking packing = new LayerPacking(compression, null, false, false);
      byte[] first = archive(ImageArchive.Form.OCI, packing, dockerfile);
      assertThat(archive(ImageArchive.Form.OCI, packing, dockerfile)).isEqualTo(first);
    }
  }

  @Test
  void severalPlatformsAreAnIndexAndEachKnowsItsOwn() throws Exception {
    BuildResult result =
        build(
            request(
                    "FROM scratch\nARG TARGETPLATFORM TARGETARCH\nLABEL p=$TARGETPLATFORM a=$TARGETARCH\n")
                .withPlatforms(
                    List.of(
                        Platform.parse("linux/amd64"),
                        Platform.parse("linux/arm/v6"),
                        Platform.parse("linux/sw64")))
                .withTags(List.of(Reference.parse("many"))));
    List<String> labels = new ArrayList<>();
    for (String platform : List.of("linux/amd64", "linux/arm/v6", "linux/sw64")) {
      Image image = Image.read(store.blobs(), result.manifest(), Platform.parse(platform));
      assertThat(image.config().platform()).hasToString(platform);
      labels.add(image.config().config().labels().toString());
    }
    assertThat(labels)
        .containsExactly(
            "{a=amd64, p=linux/amd64}", "{a=arm, p=linux/arm/v6}", "{a=sw64, p=linux/sw64}");
    assertThat(store.images().find(Reference.parse("many"))).isPresent();
  }

  @Test
  void aDockerArchiveHoldsOnePlatform() {
    BuildRequest request =
        request("FROM scratch\nCOPY a /\n")
            .withPlatforms(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")))
            .withOutputs(
                List.of(
                    new BuildOutput.Archive(
                        ImageArchive.Form.DOCKER,
                        new BuildOutput.Destination.Stream(new ByteArrayOutputStream()),
                        DOCKER,
                        List.of(),
                        Annotations.NONE)));
    assertThatThrownBy(() -> build(request))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("docker exporter does not currently support exporting manifest lists");
  }

  @Test
  void squashedLayersDoWhatTheyDidTogether() throws Exception {
    String base = "FROM scratch\nCOPY . /\nCOPY a /d/deep/er/\n";
    build(request(base).withTags(List.of(Reference.parse("base"))));
    // A file in the place of a folder, a folder in that of a file, links, and something new.
    Path other = Files.createDirectory(context.resolve("other"));
    Files.createDirectories(other.resolve("a"));
    Files.writeString(other.resolve("a/in"), "in");
    Files.writeString(other.resolve("x"), "x");
    Files.createLink(other.resolve("y"), other.resolve("x"));
    String more = "FROM base\nCOPY d/f /d/deep\nCOPY other/x other/y /new/\nCOPY other /o/\n";
    Image plain = image(build(request(more)));
    Image squashed = image(build(request(more).withSquash(true)));
    assertThat(plain.layers().size()).isEqualTo(5);
    assertThat(squashed.layers()).hasSize(3);
    assertThat(squashed.layers().subList(0, 2)).isEqualTo(plain.layers().subList(0, 2));
    assertThat(lines(squashed)).isEqualTo(lines(plain));
    assertThat(squashed.config().history().getLast().comment())
        .startsWith("merge " + plain.configDigest() + " to sha256:");
    assertThat(image(build(request(more).withSquash(true))).configDigest())
        .isEqualTo(squashed.configDigest());
  }

  private Image image(BuildResult result) throws Exception {
    return Image.read(store.blobs(), result.manifest(), Platform.host());
  }

  private List<String> lines(Image image) throws Exception {
    List<String> lines = new ArrayList<>();
    try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
      for (FileNode node : tree.tree().walk()) {
        String line = node.type() + " " + node.entry().mode() + " /" + node.path();
        if (node.isFile()) {
          try (var in = tree.content().open(node)) {
            line += " " + new String(in.readAllBytes()) + " " + node.linkCount();
          }
        }
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  void skopeoReadsBothArchives() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skopeo is not installed");
    String dockerfile = "FROM scratch\nCOPY . /\nENV A=1\n";
    Path docker = directory.resolve("docker.tar");
    Files.write(docker, archive(ImageArchive.Form.DOCKER, DOCKER, dockerfile));
    Path oci = directory.resolve("oci.tar");
    Files.write(oci, archive(ImageArchive.Form.OCI, LayerPacking.DEFAULT, dockerfile));
    // Copying verifies every digest and size on the way.
    skopeo("docker-archive:" + docker, "dir:" + directory.resolve("one"));
    skopeo("oci-archive:" + oci, "dir:" + directory.resolve("two"));
  }

  private static void skopeo(String from, String to) throws Exception {
    Process process =
        new ProcessBuilder("skopeo", "--insecure-policy", "copy", from, to)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }
}
