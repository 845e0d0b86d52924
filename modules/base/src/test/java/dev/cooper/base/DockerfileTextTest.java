package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain.tar|plain.tar /",
        "r$HOME.tar|[\"r\\\\$HOME.tar\", \"/\"]",
        "a [1]*?.tar|[\"a [[]1][*][?].tar\", \"/\"]",
        "it's|[\"it\\\\'s\", \"/\"]",
        "--from=x|./--from=x /"
      })
  void aSourceMeansItself(String source, String words) {
    assertThat(DockerfileText.add(source)).isEqualTo("ADD " + words + "\n");
  }
}
