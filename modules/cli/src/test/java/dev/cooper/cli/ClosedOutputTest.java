package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command whose output goes nowhere. */
class ClosedOutputTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** A standard output that fails as the kernel says it. */
  private Console failing(String reason) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(reason);
          }
        };
    return new Console(
        new ByteArrayInputStream(new byte[0]),
        StandardOutput.to(broken),
        new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private int images(Console console) {
    String[] words = {"--root", directory.resolve("root").toString(), "images"};
    return CommandLineRunner.run(words, console);
  }

  /** As in {@code cooper images | true}: 128 and the number of SIGPIPE. */
  @Test
  void aReaderWhoHasGoneEndsItAsAShellCommandEnds() {
    assertThat(images(failing("Broken pipe"))).isEqualTo(141);
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  /** As in {@code cooper images > /dev/full}: a list that is not there was not made. */
  @Test
  void aFullDiskIsAFailure() {
    assertThat(images(failing("No space left on device"))).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("Error: write to standard output: No space left on device\nHint: free some");
  }

  /** Nobody writes a whole archive into a pipe that nobody reads. */
  @Test
  void bytesFailAtOnce() throws IOException {
    try (OutputStream bytes = failing("Broken pipe").bytes()) {
      assertThatThrownBy(() -> bytes.write(new byte[1 << 20]))
          .isInstanceOf(OutputClosedException.class);
    } catch (OutputClosedException e) {
      // Closing flushes, which fails as well.
    }
  }
}
