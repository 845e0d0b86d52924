package dev.cooper.acceptance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.acceptance.DockerEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines of cases.txt print the same, and end with the same exit code, as Docker's. */
class ComparisonTest {
  private static Path folder;
  private static DockerEngine docker;

  /** Lines to type one after another, in a folder of their own. */
  record Case(String name, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: running containers needs root");
    assumeTrue(DockerEngine.isAvailable(), "SKIPPED: no Docker engine: apt-get install docker.io");
    assumeTrue(Files.exists(RunImages.BUSYBOX), "SKIPPED: apt-get install busybox-static");
    folder = Files.createTempDirectory("cooper-comparison");
    docker = DockerEngine.start(folder.resolve("docker"));
    RunImages.writeContexts(folder.resolve("contexts"));
    RunImages.build(folder.resolve("contexts"), docker.client());
    RunImages.build(folder.resolve("contexts"), RunImages.cooper(folder.resolve("root")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (docker != null) {
      docker.close();
    }
    if (folder != null) {
      Process remove = new ProcessBuilder("rm", "-rf", folder.toString()).start();
      assertThat(remove.waitFor()).as("nothing is still mounted").isZero();
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = ComparisonTest.class.getResourceAsStream("cases.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (line.startsWith("=== ")) {
          cases.add(new Case(line.substring(4), new ArrayList<>()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          cases.getLast().lines().add(line);
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatDockerDoes(Case each) throws Exception {
    Path here = Files.createTempDirectory(folder, "here");
    Path there = Files.createTempDirectory(folder, "there");
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (String line : each.lines()) {
      expected.add("$ " + line + "\n" + type(line, docker.client(), there));
      actual.add("$ " + line + "\n" + type(line, RunImages.cooper(folder.resolve("root")), here));
    }
    assertThat(actual).containsExactlyElementsOf(expected);
  }

  private static String type(String line, List<String> engine, Path directory) throws Exception {
    Path output = Files.createTempFile(folder, "output", "");
    Path error = Files.createTempFile(folder, "error", "");
    String script = "engine() { " + String.join(" ", engine) + " \"$@\"; }; " + line;
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said =
        plain(Files.readString(output), directory) + plain(Files.readString(error), directory);
    Files.delete(output);
    Files.delete(error);
    return said + (ended ? "(" + process.exitValue() + ")" : "(did not end)");
  }

  /**
   * What differs on purpose: the name, the prefixes, where to read on, and hints. And what differs
   * between Docker's own versions, of which Cooper says the newer.
   */
  private static String plain(String text, Path directory) {
    StringBuilder plain = new StringBuilder();
    for (String line : text.replace(directory.toString(), "HERE").split("\n")) {
      boolean aside =
          line.isBlank()
              || line.startsWith("Hint: ")
              || line.startsWith("time=\"") // a client's own complaint about its connection
              || line.startsWith("See '")
              || line.startsWith("Run '")
              || line.startsWith("Usage:");
      if (!aside) {
        plain
            .append(
                line.strip()
                    .replaceFirst("^(docker|cooper): ", "")
                    .replaceFirst("^(\"?)docker ", "$1cooper ")
                    .replace("Invalid containerPort", "invalid containerPort")
                    .replace("is not whitelisted", "is not allowed")
                    .replace("invalid CapAdd:", "invalid --cap-add:")
                    .replaceFirst("(No such image: \\S+):latest", "$1")
                    .replaceFirst(
                        "Could not find the file (\\S+) in container (\\S+)",
                        "No such container:path: $2:$1")
                    .replaceFirst(
                        "No such container:path: (nosuchcontainer):.*", "No such container: $1")
                    .replaceFirst("^Error response from daemon: ", "Error: ")
                    .replaceFirst("^Error: ", "")
                    .replace("failed to create task for container: ", "")
                    .replace("failed to create shim task: ", "")
                    .replaceFirst(": unknown\\.?$", "")
                    .replaceFirst("\\.$", ""))
            .append('\n');
      }
    }
    return plain.toString();
  }
}
