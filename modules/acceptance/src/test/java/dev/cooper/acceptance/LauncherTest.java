package dev.cooper.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./cooper} sees to before the JVM runs. */
class LauncherTest {
  private static final Path COOPER = Path.of("../../cooper").toAbsolutePath().normalize();

  @TempDir Path temporary;

  /** cron, containers and minimal systems have no locale; file names are bytes there too. */
  @Test
  void namesThatAreNotAsciiWorkWithoutALocale() throws Exception {
    Path context = Files.createDirectory(temporary.resolve("größe"));
    Files.writeString(context.resolve("Dockerfile.ü"), "FROM scratch\nCOPY ä* /\n");
    Files.writeString(context.resolve("ä ö"), "umlaut");
    Path out = temporary.resolve("out");
    run(
        List.of(
            "build",
            "-f",
            context.resolve("Dockerfile.ü").toString(),
            "-o",
            "type=local,dest=" + out,
            context.toString()));
    assertThat(out.resolve("ä ö")).hasContent("umlaut");
  }

  private void run(List<String> words) throws Exception {
    List<String> all = new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH")));
    all.addAll(List.of("COOPER_ROOT=" + temporary.resolve("root"), "COOPER_SKIP_SETUP=1"));
    all.add(COOPER.toString());
    all.addAll(words);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
