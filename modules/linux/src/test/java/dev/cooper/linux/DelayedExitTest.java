package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelayedExitTest {
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @TempDir Path folder;

  /** Works on a file until it is interrupted, and then takes as long as a large file's removal. */
  static final class Work {
    private Work() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (DelayedExit _ = DelayedExit.interruptingThisThread()) {
        Path part = Path.of(arguments[0]);
        try {
          Files.createFile(part);
          System.out.println("working");
          Thread.sleep(60_000);
        } catch (InterruptedException e) {
          Thread.sleep(200);
        } finally {
          Files.delete(part);
        }
      }
      Thread.sleep(60_000);
    }
  }

  @Test
  void workThatASignalCutsShortCleansUp() throws Exception {
    Path part = folder.resolve("disk.part");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Work.class.getName(),
                part.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("working");
      assertThat(part).exists();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(part).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
