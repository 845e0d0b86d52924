package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.image.layer.PathBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  private static final String NASTY = "x\nRUN wget a\r\u001b[2J'\\1\u009b\u202e\u007f7 é😀\udcff";

  @Test
  void namesStayOnOneLine() {
    assertThat(ShellWords.join(List.of("a", "b c", "it's", "x\nRUN y\u001b[2J")))
        .isEqualTo("a 'b c' 'it'\\''s' $'x\\nRUN y\\033[2J'");
    assertThat(ShellWords.join(List.of(NASTY)).chars())
        .noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x202e || c == 0xdcff);
    assertThat(ShellWords.oneLine("/a folder")).isEqualTo("/a folder");
    assertThat(ShellWords.oneLine("/a\nb")).isEqualTo("$'/a\\nb'");
  }

  @Test
  void bashReadsTheSameBytes() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "SKIPPED: no bash");
    Process process = new ProcessBuilder("bash").start();
    try (var in = process.getOutputStream()) {
      in.write(("printf %s " + ShellWords.join(List.of(NASTY))).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.getInputStream().readAllBytes()).isEqualTo(PathBytes.encode(NASTY));
    assertThat(process.waitFor()).isZero();
  }
}
