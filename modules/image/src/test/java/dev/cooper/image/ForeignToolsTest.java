package dev.cooper.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo and umoci accept what is written here, and read in it what was meant. */
class ForeignToolsTest {
  @TempDir private Path directory;

  @Test
  void skopeoAndUmociReadAnImage() throws IOException {
    Assumptions.assumeTrue(isThere("skopeo"), "needs skopeo");
    Assumptions.assumeTrue(isThere("umoci"), "needs umoci");
    MemoryBlobs blobs = new MemoryBlobs();
    Layer layer;
    try (LayerWriter writer = LayerWriter.to(blobs)) {
      writer.add(TarEntry.directory("bin"));
      writer.add(
          TarEntry.file("bin/run", 5).withMode(0755),
          new ByteArrayInputStream("hello".getBytes(UTF_8)));
      writer.add(TarEntry.hardLink("bin/again", "bin/run"));
      writer.add(TarEntry.symlink("sh", "bin/run"));
      layer = writer.finish();
    }
    ContainerConfig container =
        ContainerConfig.EMPTY
            .withEnv(List.of("A=<&>"))
            .withCmd(List.of("/bin/run"))
            .withExposedPorts(Set.of("80/tcp"))
            .withVolumes(Set.of("/data"))
            .withLabels(Map.of("k", "v"))
            .withStopSignal("SIGINT")
            .withOnBuild(List.of("RUN x"))
            .withHealthcheck(
                new Healthcheck(
                    List.of("CMD-SHELL", "true"),
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    2));
    byte[] config =
        ImageConfig.scratch(Platform.parse("linux/amd64"))
            .withCreated(Instant.parse("2024-05-01T10:00:00.5Z"))
            .withConfig(container)
            .withRootfs(RootFs.of(List.of(layer.diffId())))
            .withHistory(
                List.of(
                    new History(Instant.EPOCH, "COPY . /", null, null, null),
                    new History(Instant.EPOCH, "CMD", null, null, true)))
            .toJson();
    blobs.put(config);
    byte[] manifest =
        Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config), List.of(layer.blob())).toJson();
    blobs.put(manifest);
    byte[] index =
        Index.of(
                List.of(
                    Descriptor.of(MediaTypes.OCI_MANIFEST, manifest)
                        .withPlatform(Platform.parse("linux/amd64"))
                        .withAnnotations(Map.of(Descriptor.REF_NAME, "it"))))
            .toJson();
    Path layout = Files.createDirectories(directory.resolve("layout"));
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.write(layout.resolve("index.json"), index);
    for (Map.Entry<Digest, byte[]> blob : blobs.blobs().entrySet()) {
      Files.write(layout.resolve("blobs/sha256/" + blob.getKey().hex()), blob.getValue());
    }

    String inspected = run("skopeo", "inspect", "--config", "oci:" + layout + ":it");
    assertThat(inspected).contains("\"80/tcp\": {}", "\"StopSignal\": \"SIGINT\"", "\"k\": \"v\"");
    Path archive = directory.resolve("docker.tar");
    run("skopeo", "copy", "-q", "oci:" + layout + ":it", "docker-archive:" + archive + ":it:1");
    String docker = run("skopeo", "inspect", "--config", "--raw", "docker-archive:" + archive);
    assertThat(ImageConfig.parse(docker.getBytes(UTF_8)).rootfs().diffIds())
        .containsExactly(layer.diffId());

    Path bundle = directory.resolve("bundle");
    run("umoci", "unpack", "--rootless", "--image", layout + ":it", bundle.toString());
    assertThat(bundle.resolve("rootfs/bin/again")).hasContent("hello");
    assertThat(Files.readSymbolicLink(bundle.resolve("rootfs/sh"))).hasToString("bin/run");
    run("umoci", "stat", "--image", layout + ":it");
  }

  @Test
  void aTarWrittenByGoIsWrittenAgainByteForByte() throws IOException {
    Assumptions.assumeTrue(isThere("umoci"), "needs umoci");
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Path deep = tree.resolve("n".repeat(90) + "/" + "m".repeat(90));
    Files.createDirectories(deep.getParent());
    Files.writeString(deep, "split between prefix and name");
    Files.createDirectories(tree.resolve("d".repeat(120) + "/" + "e".repeat(120)));
    Files.writeString(tree.resolve("unï"), "not ASCII");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(150)));
    Files.createLink(tree.resolve("hard"), tree.resolve("unï"));
    Files.setLastModifiedTime(
        tree.resolve("unï"), java.nio.file.attribute.FileTime.from(Instant.ofEpochSecond(-77)));
    Path layout = directory.resolve("layout");
    run("umoci", "init", "--layout", layout.toString());
    run("umoci", "new", "--image", layout + ":x");
    run("umoci", "insert", "--rootless", "--image", layout + ":x", tree.toString(), "/opt");
    Index index = Index.parse(Files.readAllBytes(layout.resolve("index.json")));
    Path blobs = layout.resolve("blobs/sha256");
    Manifest manifest =
        Manifest.parse(
            Files.readAllBytes(blobs.resolve(index.manifests().getFirst().digest().hex())));
    byte[] theirs;
    try (InputStream in =
        Compression.decompressed(
            Files.newInputStream(blobs.resolve(manifest.layers().getFirst().digest().hex())))) {
      theirs = in.readAllBytes();
    }
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(theirs));
        TarWriter writer = new TarWriter(ours)) {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        writer.write(entry, reader.content());
      }
    }
    // umoci insert forgets the end of its archives, and so the padding of the last file.
    assertThat(ours.size()).isBetween(theirs.length, theirs.length + 3 * 512);
    assertThat(java.util.Arrays.copyOf(ours.toByteArray(), theirs.length)).isEqualTo(theirs);
  }

  private static boolean isThere(String tool) {
    try {
      Process process =
          new ProcessBuilder(tool, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertThat(process.waitFor()).as(output).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }
}
