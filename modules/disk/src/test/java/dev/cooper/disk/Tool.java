package dev.cooper.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs a program that judges what was written. */
public final class Tool {
  private Tool() {}

  /** What a program printed, and how it ended. */
  public record Result(int status, String output) {}

  /** Skips the test, loudly, on a machine that does not have the program. */
  public static void require(String program) {
    boolean found =
        List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    Assumptions.assumeTrue(found, program + " is not installed");
  }

  public static void requireRoot() {
    Assumptions.assumeTrue(isRoot(), "only root may mount; this is not root");
  }

  public static boolean isRoot() {
    return run("id", "-u").output().strip().equals("0");
  }

  public static Result run(String... command) {
    require(command[0]);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a program that must succeed, and returns what it printed. */
  public static String succeed(String... command) {
    Result result = run(command);
    assertThat(result.status()).as(Arrays.toString(command) + "\n" + result.output()).isZero();
    return result.output();
  }
}
