package dev.cooper.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk-throughs print what their expected.txt says; the slow ones run only by their names. */
class ExamplesTest {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

  static Stream<String> walkThroughs() throws IOException {
    try (Stream<Path> folders = Files.list(CHECKOUT.resolve("examples"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("run.sh")))
          .filter(folder -> !Files.exists(folder.resolve("slow")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("walkThroughs")
  void printsWhatItPromises(String name) throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: running containers needs root");
    Path log = Files.createTempFile("cooper-example", ".log");
    try {
      Process check =
          new ProcessBuilder(CHECKOUT.resolve("examples/check").toString(), name)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(log.toFile())
              .start();
      boolean ended = check.waitFor(15, TimeUnit.MINUTES);
      if (!ended) {
        check.descendants().forEach(ProcessHandle::destroy);
        check.destroy();
      }
      assertThat(ended).as("the walk-through ended; it printed:\n%s", text(log)).isTrue();
      assertThat(check.exitValue()).as(text(log)).isZero();
    } finally {
      Files.delete(log);
    }
  }

  private static String text(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }
}
