package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.acceptance.RegistryServer;
import dev.cooper.acceptance.run.CooperProcess;
import dev.cooper.image.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that go to a registry, and what annotations become there. Debian's registry judges. */
class PushedBuildTest {
  @TempDir Path directory;
  private @Nullable RegistryServer registry;
  private CooperProcess cooper;
  private Path context;
  private String name;

  @BeforeEach
  void prepare() throws Exception {
    Assumptions.assumeTrue(
        RegistryServer.isAvailable(), "SKIPPED: no registry: apt-get install docker-registry");
    registry = RegistryServer.start(Files.createDirectory(directory.resolve("registry")));
    name = registry.domain() + "/team/app:1";
    cooper = new CooperProcess(directory.resolve("root"));
    context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(context.resolve("a"), "content");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM scratch\nARG TARGETARCH\nENV A=$TARGETARCH\nCOPY a /\n");
  }

  @AfterEach
  void stop() throws Exception {
    if (registry != null) {
      registry.close();
    }
  }

  private CooperProcess.Ended build(String... more) throws Exception {
    String[] words = new String[more.length + 2];
    words[0] = "build";
    System.arraycopy(more, 0, words, 1, more.length);
    words[more.length + 1] = context.toString();
    return cooper.run(words);
  }

  private String pushed(String tag) throws Exception {
    return registry.manifest("team/app", tag);
  }

  private static String digest(String json) {
    return Digest.sha256(json.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Test
  void pushSendsTheImageAndTellsItsDigestThere() throws Exception {
    Path metadata = directory.resolve("metadata.json");
    CooperProcess.Ended built =
        build(
            "--push",
            "-t",
            name,
            "--annotation",
            "org.opencontainers.image.title=The app",
            "--annotation",
            "manifest,manifest-descriptor:k=v",
            "--metadata-file",
            metadata.toString());
    assertThat(built.code()).as(built.error()).isZero();
    String manifest = pushed("1");
    assertThat(manifest)
        .contains("\"annotations\":{\"k\":\"v\",\"org.opencontainers.image.title\":\"The app\"}")
        .contains("tar+gzip");
    assertThat(built.out())
        .contains("The push refers to repository [" + registry.domain() + "/team/app]")
        .contains("1: digest: " + digest(manifest) + " size: " + manifest.length());
    assertThat(Files.readString(metadata))
        .contains("\"containerimage.digest\": \"" + digest(manifest) + "\"");
    // It is here as well, and elsewhere it is the same image.
    String id = cooper.run("images", "-q", "--no-trunc", name).out();
    assertThat(id).startsWith("sha256:");
    CooperProcess elsewhere = new CooperProcess(directory.resolve("elsewhere"));
    assertThat(elsewhere.run("pull", "-q", name).code()).isZero();
    assertThat(elsewhere.run("images", "-q", "--no-trunc", name).out()).isEqualTo(id);
    assertThat(elsewhere.run("layers", name).out()).contains("COPY a /");
  }

  @Test
  void anIndexIsPushedWithItsImagesAndAnnotations() throws Exception {
    CooperProcess.Ended built =
        build(
            "--platform=linux/amd64,linux/arm64",
            "-o",
            "type=registry,name="
                + name
                + ",annotation-index.i=1,annotation-manifest[linux/arm64].m=2,"
                + "annotation-manifest-descriptor.d=3");
    assertThat(built.code()).as(built.error()).isZero();
    String index = pushed("1");
    assertThat(index)
        .contains("\"annotations\":{\"i\":\"1\"}", "\"annotations\":{\"d\":\"3\"}")
        .contains("\"architecture\":\"arm64\"", "\"architecture\":\"amd64\"");
    int annotated = 0;
    for (String part : index.split("\"digest\":\"")) {
      if (part.startsWith("sha256:")) {
        annotated += pushed(part.substring(0, 71)).contains("\"m\":\"2\"") ? 1 : 0;
      }
    }
    assertThat(annotated).isEqualTo(1);
    // cooper push sends the same.
    String other = registry.domain() + "/team/app:2";
    assertThat(cooper.run("tag", name, other).code()).isZero();
    assertThat(cooper.run("push", other).out()).contains("2: digest: " + digest(index));
  }

  @Test
  void severalOutputsAndFlagsMeet() throws Exception {
    Path archive = directory.resolve("oci.tar");
    CooperProcess.Ended built =
        build("-o", "type=oci,dest=" + archive, "--push", "-t", name, "--annotation=a=b");
    assertThat(built.code()).as(built.error()).isZero();
    assertThat(Files.size(archive)).isPositive();
    assertThat(pushed("1")).contains("\"a\":\"b\"");
    assertThat(build("-o", "type=image,push=true,name=" + registry.domain() + "/x").code())
        .isZero();
    assertThat(registry.manifest("x", "latest")).contains("manifest.v1+json");
  }

  @Test
  void whatCannotBePushedIsSaidBeforeOrAfterTheBuild() throws Exception {
    CooperProcess.Ended unnamed = build("--push");
    assertThat(unnamed.code()).isEqualTo(1);
    assertThat(unnamed.error()).contains("tag is needed when pushing to registry");
    assertThat(build("--annotation", "index:a=b", "-t", "x").error())
        .contains("index annotations not supported for single platform export");
    assertThat(cooper.run("images", "-q").out()).isEmpty();
    assertThat(build("--annotation", "nothing:a=b").error())
        .startsWith("invalid annotation \"nothing:a=b\": unknown annotation type \"nothing\"");
    assertThat(build("-o", "type=registry,compression=zstd", "-t", name).error())
        .startsWith("a push packs layers with gzip, not zstd");
    registry.close();
    CooperProcess.Ended gone = build("--push", "-q", "-t", name);
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.error()).startsWith("Error: ").contains("connection refused\nHint: ");
  }
}
