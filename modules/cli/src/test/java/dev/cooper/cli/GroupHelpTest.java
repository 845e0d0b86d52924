package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GroupHelpTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  private int run(String... words) {
    out.reset();
    error.reset();
    return CommandLineRunner.run(
        words,
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8)));
  }

  @Test
  void aGroupShowsItsCommands() {
    for (String[] words : new String[][] {{"base"}, {"base", "--help"}, {"help", "base"}}) {
      assertThat(run(words)).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("Usage:  cooper base COMMAND")
          .contains("  busybox       Make a base image")
          .contains("  from-binary   Make a base image of programs")
          .contains("Run 'cooper base COMMAND --help'");
      assertThat(error.size()).isZero();
    }
  }

  @Test
  void dockersGroupsHaveTheCommandsWithAShortName() {
    assertThat(run("image")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("(?m)^  ls  +List images$")
        .containsPattern("(?m)^  rm  +Remove one or more images$")
        .containsPattern("(?m)^  prune ");
  }

  @Test
  void aGroupHasNoOtherCommands() {
    assertThat(run("base", "nothing")).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8))
        .isEqualTo("cooper: 'base nothing' is not a cooper command.\nSee 'cooper base --help'\n");
    assertThat(run("nothing")).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8)).startsWith("cooper: 'nothing' is not");
  }

  @Test
  void allCommandsAreListedBySubjectOnce() {
    assertThat(run("--help")).isZero();
    String page = out.toString(StandardCharsets.UTF_8);
    assertThat(page).contains("\nBuilding:\n  build ", "\nSeeing inside an image:\n  layers ");
    for (CommandTable.Row row : CommandTable.all()) {
      assertThat(page.split("(?m)^  " + row.name() + "  ", -1)).as(row.name()).hasSize(2);
    }
  }

  @Test
  void helpOfACommandOfTwoWords() {
    assertThat(run("help", "base", "busybox")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--applets NAMES");
  }
}
