package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreFileTest {

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvFileSource(resources = "ignore-patterns.csv", delimiter = ' ', quoteCharacter = '\0')
  void matchesLikeDocker(String patterns, String path, boolean ignored) {
    IgnoreFile file = IgnoreFile.ofPatterns(List.of(patterns.split(",")));

    assertThat(file.ignores(path, false)).isEqualTo(ignored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]a]", "[-]", "[x-]", "[-x]", "\\", "[a-b-c]", "[", "[^", "[^bc", "a[", "[d-b]", "a\\"
      })
  void refusesMalformedPatterns(String pattern) {
    assertThatThrownBy(() -> IgnoreFile.parse("ok\n" + pattern + "\n"))
        .isInstanceOf(DockerfileException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("syntax error in pattern");
  }

  @Test
  void aLoneExclamationMarkIsRefused() {
    assertThatThrownBy(() -> IgnoreFile.parse("a\n  !  \n"))
        .isInstanceOf(DockerfileException.class)
        .hasMessageContaining("illegal exclusion pattern: \"!\"");
  }

  @Test
  void allMalformedPatternsAreReportedAtOnce() {
    assertThatThrownBy(() -> IgnoreFile.parse("[\nfine\n!\n"))
        .isInstanceOfSatisfying(
            DockerfileException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void readsLinesAsDockerDoes() {
    IgnoreFile file =
        IgnoreFile.parse("\uFEFF# not this\n\n  /rooted/  \r\n ./dotted/../plain\n! /rooted/in\n");

    assertThat(file.ignores("rooted", true)).isTrue();
    assertThat(file.ignores("rooted/a", false)).isTrue();
    assertThat(file.ignores("rooted/in", false)).isFalse();
    assertThat(file.ignores("plain", false)).isTrue();
    assertThat(file.ignores("dotted", false)).isFalse();
    assertThat(file.ignores("# not this", false)).isFalse();
  }

  @Test
  void anIndentedHashIsAPattern() {
    assertThat(IgnoreFile.parse(" #a").ignores("#a", false)).isTrue();
  }

  @Test
  void theRootIsNeverIgnored() {
    IgnoreFile file = IgnoreFile.parse("**\n*\n.\n");

    assertThat(file.ignores("", true)).isFalse();
    assertThat(file.ignores(".", true)).isFalse();
    assertThat(file.skipsWholly("")).isFalse();
    assertThat(file.root().ignored()).isFalse();
  }

  @Test
  void aRuleIsNotAskedAgainWhereItDidNotMatterAbove() {
    // The third rule is not asked about "a", which the first leaves out already; so it does not
    // hold for what is in "a".
    IgnoreFile file = IgnoreFile.ofPatterns(List.of("a", "!a/b", "a*"));

    assertThat(file.ignores("a/b", false)).isFalse();
    assertThat(file.ignores("a/c", false)).isTrue();
  }

  @Test
  void aDirectoryIsSkippedWhereNothingCanBeBroughtBack() {
    IgnoreFile file = IgnoreFile.parse("node_modules\nout\n!out/keep/*.txt\nlogs\n!**/logs\n");

    assertThat(file.skipsWholly("src")).isFalse();
    assertThat(file.skipsWholly("out")).isFalse();
    assertThat(file.skipsWholly("out/keep")).isFalse();
    // The last pattern can match at any depth.
    assertThat(file.skipsWholly("node_modules")).isFalse();
    assertThat(IgnoreFile.parse("node_modules").skipsWholly("node_modules")).isTrue();
    IgnoreFile fixed = IgnoreFile.parse("*\n!a/b/*\n!c/**\n!d?\n");
    assertThat(fixed.skipsWholly("a")).isFalse();
    assertThat(fixed.skipsWholly("a/b")).isFalse();
    assertThat(fixed.skipsWholly("a/x")).isTrue();
    assertThat(fixed.skipsWholly("c")).isFalse();
    assertThat(fixed.skipsWholly("e")).isTrue();
  }

  @Test
  void walkingDownGivesWhatAskingGives() {
    IgnoreFile file = IgnoreFile.parse("a/*\n!a/b\na/b/c*\n**/z\n");
    IgnoreFile.Directory directory = file.root().enter("a").enter("b");

    assertThat(directory.path()).isEqualTo("a/b");
    for (String name : List.of("c", "cc", "d", "z")) {
      assertThat(directory.ignores(name)).isEqualTo(file.ignores("a/b/" + name, false));
    }
  }

  @Test
  void noPatternTakesLong() {
    String pattern = "**/a*".repeat(20) + "**/b";
    IgnoreFile file = IgnoreFile.parse(pattern);

    assertThat(file.ignores("a".repeat(4000), false)).isFalse();
    assertThat(file.ignores("a/".repeat(100) + "b", false)).isTrue();
  }
}
