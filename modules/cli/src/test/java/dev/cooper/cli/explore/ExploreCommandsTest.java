package dev.cooper.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into images, as a script has them: what they print and exit with. */
class ExploreCommandsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void images() throws Exception {
    Path context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("start.sh"), "#!/bin/nowhere\r\necho\n");
    Files.writeString(context.resolve("id_rsa"), "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n");
    Files.writeString(context.resolve("evil\u202e\u001b]0;x\u0007"), "x");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM scratch\nCOPY . /\nENV A=1\nENTRYPOINT /start.sh $A\n");
    assertThat(run("build", "-q", "-t", "first", context.toString()).status()).isZero();
    Files.writeString(context.resolve("start.sh"), "#!/bin/nowhere\nother\n");
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY . /\nENV A=2\nCMD [\"/none\"]\n");
    assertThat(run("build", "-q", "-t", "second", context.toString()).status()).isZero();
    Files.writeString(context.resolve("Dockerfile"), "FROM first\nCOPY start.sh /\n");
    assertThat(run("build", "-q", "-t", "third", context.toString()).status()).isZero();
  }

  private record Said(int status, String out) {}

  private static Said run(String... words) throws Exception {
    return runIn(folder.resolve("root"), words);
  }

  private static Said runIn(Path root, String... words) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cooper.cli.Main",
                "--root",
                root.toString()));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out);
  }

  @Test
  void doctorNamesPathLayerAndCureAndExitsWithOne() throws Exception {
    Said said = run("doctor", "first");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("error: /bin/sh: ENTRYPOINT starts /bin/sh, which is not in the image")
        .contains("warning: ENTRYPOINT is in shell form")
        .contains("/id_rsa: holds what looks like a private key\n    in layer 1: COPY . /")
        .contains("    cure: ")
        .contains("    set by: ENTRYPOINT ")
        .doesNotContain("\u001b");
    Said json = run("doctor", "--json", "first");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out())
        .startsWith("{")
        .contains(
            "\"Kind\": \"secret\"",
            "\"Path\": \"/id_rsa\"",
            "\"Layer\": 1",
            "\"Cure\": \"",
            "\"SetBy\": \"ENTRYPOINT ");
  }

  @Test
  void diffComparesFilesAndConfig() throws Exception {
    Said said = run("diff", "first", "second");
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("C /start.sh (content)")
        .contains("config Env A: 1 -> 2")
        .contains("config Cmd: (none) -> [/none]")
        .doesNotContain("evil");
    Said json = run("diff", "--json", "first", "second");
    assertThat(json.out())
        .contains("\"Path\": \"/start.sh\"", "\"Name\": \"Env A\"", "\"After\": \"2\"");
    assertThat(run("diff", "first", "first").out()).isEmpty();
    assertThat(run("diff", "--json", "first").status()).isEqualTo(1);
  }

  @Test
  void whereTellsAndExits() throws Exception {
    assertThat(run("where", "first", "/start.sh").out()).contains("from layer 1: COPY . /");
    Said said = run("where", "first", "/none");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).isEqualTo("/none: not in the image\n");
  }

  @Test
  void sbomNamesTheDatabaseThatItCannotReadAndNoOther() throws Exception {
    Path context = Files.createDirectories(folder.resolve("rpm"));
    Path database = Files.createDirectories(context.resolve("var/lib/rpm"));
    Files.writeString(database.resolve("Packages"), "nothing that RPM would write");
    // Of ndb, without a package.
    Files.writeString(database.resolve("Packages.db"), "RpmP" + "\0".repeat(28));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY var /var/\n");
    assertThat(run("build", "-q", "-t", "rpm", context.toString()).status()).isZero();

    Said said = run("sbom", "--format", "table", "rpm");
    assertThat(said.status()).isZero();
    assertThat(said.out().lines().filter(line -> line.startsWith("Warning: ")))
        .containsExactly(
            "Warning: /var/lib/rpm/Packages could not be read whole (neither SQLite, ndb nor a hash"
                + " of Berkeley DB): packages that it lists may be missing here");
  }

  @Test
  void whereTellsWhyAPathCannotBe() throws Exception {
    assertThat(run("where", "first", "/start.sh/x").out())
        .isEqualTo("/start.sh: a file, so nothing is in it\n");
    assertThat(run("where", "first", "/start.sh/").status()).isEqualTo(1);
    assertThat(run("where", "first", "/strat.sh").out())
        .isEqualTo("/strat.sh: not in the image\nbut there is /start.sh\n");
  }

  @Test
  void thresholdsDecideTheExitCode() throws Exception {
    Said held = run("layers", "--ci", "first");
    assertThat(held.status()).isZero();
    assertThat(held.out()).contains("PASS: lowestEfficiency").endsWith("Result: PASS\n");
    // A threshold asks for the check by itself; dive's spellings are understood.
    for (String option : List.of("--lowest-efficiency", "--lowestEfficiency")) {
      assertThat(run("layers", option, "1", "third").status()).as(option).isEqualTo(1);
    }
    assertThat(run("layers", "--ci", "third").out()).contains("FAIL: highestUserWastedPercent");
    Said bytes = run("layers", "--highestWastedBytes", "3B", "third");
    assertThat(bytes.status()).isEqualTo(1);
    assertThat(bytes.out()).contains("FAIL: highestWastedBytes: 42 bytes wasted, at most 3");
    Said loose =
        run(
            "layers",
            "--lowest-efficiency=0",
            "--highest-wasted-bytes=1kB",
            "--highest-user-wasted-percent=1000",
            "third");
    assertThat(loose.status()).isZero();
    Said wrong = run("layers", "--lowest-efficiency", "90", "third");
    assertThat(wrong.status()).isEqualTo(125);
    assertThat(wrong.out()).contains("90.0 is not a ratio, such as 0.9");
    Said json = run("layers", "--ci", "--json", "third");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out()).contains("\"Checks\": [", "\"Result\": \"FAIL\"");
  }

  @Test
  void theJsonOfEachCommandIsJson() throws Exception {
    for (List<String> words :
        List.of(
            List.of("layers", "--json", "--changes", "first"),
            List.of("where", "--json", "first", "/start.sh"),
            List.of("where", "--json", "first", "/start.sh/none"),
            List.of("doctor", "--json", "first"),
            List.of("diff", "--json", "first", "second"),
            List.of("sbom", "first"))) {
      Object document =
          Json.builder()
              .build()
              .type(Object.class)
              .fromJson(run(words.toArray(new String[0])).out());
      assertThat(document).as(words.toString()).isInstanceOf(Map.class);
    }
  }

  @Test
  void namesAreEscapedWhereverTheyArePrinted() throws Exception {
    for (List<String> words :
        List.of(
            List.of("layers", "--changes", "first"),
            List.of("where", "first", "/evil\u202e\u001b]0;x\u0007"))) {
      assertThat(run(words.toArray(new String[0])).out())
          .contains("evil\\u202e\\x1b]0;x\\x07")
          .doesNotContain("\u001b")
          .doesNotContain("\u202e");
    }
    Said json = run("layers", "--json", "--changes", "first");
    assertThat(json.out()).contains("\\u001b").doesNotContain("\u001b");
  }

  @Test
  void aDamagedLayerIsOneLine() throws Exception {
    Path root = folder.resolve("damaged");
    try (Stream<Path> files = Files.walk(folder.resolve("root"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = root.resolve(folder.resolve("root").relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (!file.toString().contains("/toc/") && !file.toString().contains("/facts/")) {
          Files.copy(file, copy);
        }
      }
    }
    cutLayers(root.resolve("blobs/sha256"));
    Said said = runIn(root, "layers", "first");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out().lines()).hasSize(1);
    assertThat(said.out())
        .matches("Error: layer sha256:[0-9a-f]{64}: it has 700 bytes, not \\d+\n");
    assertThat(said.out()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  /** The layers, not the documents. */
  private static void cutLayers(Path blobs) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(blobs)) {
      all = files.toList();
    }
    for (Path file : all) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes[0] != '{') {
        Files.delete(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, 700));
      }
    }
  }
}
