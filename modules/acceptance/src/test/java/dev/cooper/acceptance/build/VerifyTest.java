package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.acceptance.DockerEngine;
import dev.cooper.acceptance.run.CooperProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cooper build --verify}: whether an image is what its Dockerfile and context give. */
class VerifyTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String EPOCH = "1700000000";

  @TempDir Path directory;
  private CooperProcess cooper;
  private CooperProcess dated;
  private Path context;

  @BeforeEach
  void prepare() throws Exception {
    cooper = new CooperProcess(directory.resolve("root"));
    dated = cooper.with(Map.of("SOURCE_DATE_EPOCH", EPOCH));
    context = Files.createDirectories(directory.resolve("context/src")).getParent();
    Files.writeString(context.resolve("src/a"), "one");
    Files.writeString(context.resolve("src/b"), "two");
    dockerfile("FROM scratch\nENV A=1\nCOPY src /src\nWORKDIR /w\nCOPY src/a /w/\n");
  }

  private void dockerfile(String text) throws Exception {
    Files.writeString(context.resolve("Dockerfile"), text);
  }

  private static void built(CooperProcess.Ended ended) {
    assertThat(ended.code()).as(ended.error()).isZero();
  }

  private CooperProcess.Ended verify(String image, String... more) throws Exception {
    List<String> words =
        Stream.concat(
                Stream.of("build", "--verify", image),
                Stream.concat(Stream.of(more), Stream.of(context.toString())))
            .toList();
    return cooper.run(words.toArray(new String[0]));
  }

  /** Every file of the store but locks, with its size. */
  private Map<String, String> store() throws Exception {
    Map<String, String> files = new TreeMap<>();
    Path root = directory.resolve("root");
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String name = root.relativize(file).toString();
        if (Files.isRegularFile(file) && !name.startsWith("locks")) {
          files.put(name, Long.toString(Files.size(file)));
        }
      }
    }
    return files;
  }

  @Test
  void anImageWithAFixedTimeIsTheSameToTheLastBitAndNothingIsLeft() throws Exception {
    built(dated.run("build", "-t", "app", context.toString()));
    Map<String, String> before = store();
    Path exported = directory.resolve("exported");
    CooperProcess.Ended same =
        verify("app", "-t", "other", "--cache-to", "type=local,dest=" + exported);
    assertThat(exported).doesNotExist();
    assertThat(same.code()).as(same.error()).isZero();
    assertThat(same.out())
        .matches(
            "app: the same comes out \\(with SOURCE_DATE_EPOCH=1700000000\\): sha256:\\w{64}\n");
    Files.writeString(context.resolve("src/a"), "1st");
    CooperProcess.Ended other = verify("app");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.error()).contains("Step 3/5 : COPY src /src").doesNotContain("Using cache");
    assertThat(store()).isEqualTo(before);
    assertThat(other.out())
        .startsWith("app: something else comes out (with SOURCE_DATE_EPOCH=1700000000)\nid: sha256")
        .containsPattern("layer 1 \\(COPY src /src\\): sha256:\\w{64} -> sha256:\\w{64}\n")
        .contains("  C /src/a (content)\n")
        .containsPattern("layer 3 \\(COPY src/a /w/\\): sha256")
        .contains("  C /w/a (content)\n")
        .doesNotContain("/src/b");
  }

  @Test
  void whatElseDiffersIsNamed() throws Exception {
    built(dated.run("build", "-t", "app", context.toString()));
    dockerfile("FROM scratch\nENV A=2\nCOPY --chmod=600 src /src\nWORKDIR /w\nCOPY src/b /w/\n");
    CooperProcess.Ended other = verify("app");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out())
        .contains("config Env A: 1 -> 2\n", "  C /src/b (mode 0644 to 0600)\n")
        .contains("  D /w/a (3B)\n  A /w/b (3B)\n")
        .doesNotContain("layer 2");
    CooperProcess.Ended json = verify("app", "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out())
        .startsWith("{")
        .contains("\"Same\": false", "\"SourceDateEpoch\": 1700000000", "\"Name\": \"Env A\"")
        .contains("\"Path\": \"/w/a\",\n", "\"Change\": \"removed\"", "\"Layer\": 3,");
    dockerfile("FROM scratch\nENV A=1\nCOPY src /src\n");
    assertThat(verify("app").out())
        .contains("config Layers: 3 -> 1\n", "config WorkingDir: /w -> (none)\n")
        .contains("layers from 2\n  D /w\n  D /w/a (3B)\n");
  }

  @Test
  void timesDoNotCountForAnImageThatHasItsOwn() throws Exception {
    built(cooper.run("build", "-t", "app", context.toString()));
    CooperProcess.Ended same = verify("app");
    assertThat(same.code()).as(same.out()).isZero();
    assertThat(same.out())
        .isEqualTo(
            "app: the same comes out"
                + " (times left aside: the image was made without SOURCE_DATE_EPOCH)\n");
    assertThat(verify("app", "--json").out())
        .contains("\"Same\": true")
        .doesNotContain("SourceDateEpoch");
    CooperProcess.Ended asked = verify("app", "--build-arg", "SOURCE_DATE_EPOCH=" + EPOCH);
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.out())
        .contains("config Created: ")
        .containsPattern("  C /src/a \\(time .* to 2023-11-14T22:13:20Z\\)");
    Files.setPosixFilePermissions(
        context.resolve("src/b"), PosixFilePermissions.fromString("rwx------"));
    CooperProcess.Ended other = verify("app");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("  C /src/b (mode 0644 to 0700)\n").doesNotContain("time ");
  }

  @Test
  void severalPlatformsAreComparedEach() throws Exception {
    dockerfile("FROM scratch\nARG TARGETARCH\nENV A=$TARGETARCH\nCOPY src /\n");
    String platforms = "--platform=linux/arm64,linux/s390x";
    built(dated.run("build", platforms, "-t", "app", context.toString()));
    CooperProcess.Ended same = verify("app", platforms);
    assertThat(same.code()).as(same.out() + same.error()).isZero();
    Files.writeString(context.resolve("src/b"), "");
    CooperProcess.Ended other = verify("app", platforms);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("\nlinux/arm64:\nid: ", "\nlinux/s390x:\nid: ");
    // An image for one other platform needs no flag.
    built(dated.run("build", "--platform=linux/arm64", "-t", "arm", context.toString()));
    assertThat(verify("arm").code()).isZero();
  }

  @Test
  void squashedLayersAreMadeAgainToo() throws Exception {
    built(dated.run("build", "--squash", "-t", "app", context.toString()));
    CooperProcess.Ended same = verify("app", "--squash");
    assertThat(same.code()).as(same.out() + same.error()).isZero();
  }

  @Test
  void whatCannotBeVerifiedIsSaid() throws Exception {
    CooperProcess.Ended none = verify("nothing");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.error()).contains("No such image: nothing").hasLineCount(1);
    CooperProcess.Ended output = verify("nothing", "-o", "out");
    assertThat(output.code()).isEqualTo(125);
    assertThat(output.error())
        .startsWith("--verify keeps nothing of what it builds: leave out --output\n");
    assertThat(cooper.run("build", "--json", context.toString()).code()).isEqualTo(125);
    built(dated.run("build", "-t", "app", context.toString()));
    dockerfile("FROM scratch\nCOPY nowhere /\n");
    CooperProcess.Ended failed = verify("app");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.error()).contains("2 | >>> COPY nowhere /");
  }

  @Test
  void aRunThatNeverGivesTheSameIsFoundAndCachesBeginEmpty() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "RUN needs root: not tested");
    Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + ": not tested");
    Files.createDirectory(context.resolve("bin"));
    Files.copy(BUSYBOX, context.resolve("bin/busybox"));
    Files.createSymbolicLink(context.resolve("bin/sh"), Path.of("busybox"));
    dockerfile(
        """
        FROM scratch
        COPY bin /bin
        RUN busybox mkdir /made && echo same > /made/same
        RUN --mount=type=cache,target=/c busybox cat /proc/sys/kernel/random/uuid > /random && \
            echo x >> /c/count && busybox cat /c/count > /count
        """);
    built(dated.run("build", "--network=none", "-t", "app", context.toString()));
    Map<String, String> before = store();
    CooperProcess.Ended other = verify("app", "--network=none");
    assertThat(other.code()).as(other.error()).isEqualTo(1);
    assertThat(other.out())
        .contains("layer 3 (RUN busybox cat", "  C /random (content)\n")
        .doesNotContain("layer 2", "/made", "C /count");
    assertThat(store()).isEqualTo(before);
  }

  /** Docker's layers are cut and written in another way; what counts is what is in them. */
  @Test
  void imagesThatDockerBuiltAreCompared() throws Exception {
    Assumptions.assumeTrue(DockerEngine.isAvailable(), "SKIPPED: no Docker engine: not tested");
    dockerfile(
        "FROM scratch\nENV A=1\nCOPY src /opt/src\nCOPY --chown=7:8 src/a /opt/\nCMD [\"x\"]\n");
    try (DockerEngine engine = DockerEngine.start(directory.resolve("docker"))) {
      for (String kit : List.of("0", "1")) {
        Path archive = directory.resolve("saved" + kit + ".tar");
        String name = "by" + kit;
        docker(engine, kit, "build", "-t", name, context.toString());
        docker(engine, kit, "save", "-o", archive.toString(), name);
        built(cooper.run("load", "-i", archive.toString()));
      }
    }
    CooperProcess.Ended classic = verify("by0");
    assertThat(classic.out())
        .isEqualTo(
            "by0: the same comes out"
                + " (times left aside: the image was made without SOURCE_DATE_EPOCH)\n");
    CooperProcess.Ended kit = verify("by1");
    assertThat(kit.code()).isEqualTo(1);
    assertThat(kit.out()).contains("config History 1: ").doesNotContain("\nlayer", "config Env");
    Files.writeString(context.resolve("src/b"), "2nd");
    CooperProcess.Ended other = verify("by0");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out())
        .containsPattern("layer 1 \\(COPY dir:\\w{12} in /opt/src\\): ")
        .contains("  C /opt/src/b (content)\n")
        .doesNotContain("layer 2");
  }

  private static void docker(DockerEngine engine, String kit, String... words) throws Exception {
    DockerEngine.Outcome outcome = engine.run(Map.of("DOCKER_BUILDKIT", kit), List.of(words));
    assertThat(outcome.exitCode()).as(outcome.error()).isZero();
  }
}
