package dev.cooper.acceptance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.acceptance.DockerEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images in files go from Cooper to Docker and back, and are the same image afterwards. */
class ImageExchangeTest {
  private static Path folder;
  private static DockerEngine docker;
  private static String dockers = "";
  private static String coopers = "";

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(DockerEngine.isAvailable(), "SKIPPED: no Docker engine: apt-get install docker.io");
    assumeTrue(Files.exists(RunImages.BUSYBOX), "SKIPPED: apt-get install busybox-static");
    folder = Files.createTempDirectory("cooper-exchange");
    docker = DockerEngine.start(folder.resolve("docker"));
    dockers = String.join(" ", docker.client());
    coopers = String.join(" ", RunImages.cooper(folder.resolve("root")));
    RunImages.writeContexts(folder.resolve("contexts"));
    RunImages.build(folder.resolve("contexts"), RunImages.cooper(folder.resolve("root")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (docker != null) {
      docker.close();
    }
    if (folder != null) {
      assertThat(new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor()).isZero();
    }
  }

  /** What a line of shell prints; {@code cooper} and {@code docker} are the two. */
  private static String type(String line) throws Exception {
    String script =
        "docker() { " + dockers + " \"$@\"; }; cooper() { " + coopers + " \"$@\"; }; " + line;
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code == 0 ? output : output + "(" + code + ")";
  }

  @Test
  void dockerLoadsWhatIsSavedAndItsOwnIsLoaded() throws Exception {
    String ids = "inspect -f '{{.Id}} {{json .Config.Cmd}} {{len .RootFS.Layers}}' busybox script";
    String expected = type("cooper " + ids);
    assertThat(type("cooper save -o two.tar busybox script && docker load -i two.tar"))
        .contains("Loaded image: busybox:latest", "Loaded image: script:latest");
    assertThat(type("docker " + ids)).isEqualTo(expected);
    assertThat(type("docker run --rm --network none script a b")).isEqualTo("[a]\n[b]\n");

    assertThat(type("docker save busybox script | cooper --root other load"))
        .contains("Loaded image: busybox:latest\n", "Loaded image: script:latest\n");
    assertThat(type("cooper --root other " + ids)).isEqualTo(expected);
    assertThat(type("cooper --root third load -q -i two.tar && cooper --root third " + ids))
        .endsWith(expected);
  }

  @Test
  void fileSystemsAreImportedOnBothSides() throws Exception {
    List<String> lines =
        List.of(
            "cooper export busybox | docker import -c 'CMD [\"cat\",\"/etc/passwd\"]' - flat",
            "docker run --rm --network none flat | head -1",
            "docker create --name cc --network none flat > /dev/null && docker export cc |"
                + " cooper import -c 'ENV A=b' -m told - flat:again > /dev/null",
            "cooper inspect -f '{{json .Config.Env}}' flat:again");
    assertThat(type(lines.get(0))).startsWith("sha256:");
    assertThat(type(lines.get(1))).isEqualTo("root:x:0:0:root:/root:/bin/sh\n");
    assertThat(type(lines.get(2))).isEmpty();
    assertThat(type(lines.get(3))).contains("A=b");
  }
}
