package dev.cooper.disk.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {
  @ParameterizedTest
  @CsvSource({
    "6.1.0-10-amd64, 6.1.0-9-amd64",
    "6.10.0, 6.9.12",
    "6.1.0-56-cloud-amd64, 6.1.0-56-amd64",
    "6.12, 6.1",
    "6.1.1, 6.1",
    "6.1, ''",
  })
  void newerComesFirst(String newer, String older) {
    assertThat(KernelVersion.isNewer(newer, older)).isTrue();
    assertThat(KernelVersion.isNewer(older, newer)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"6.1.0-9, 6.1.0-9", "6.01, 6.1"})
  void equalIsNotNewer(String one, String other) {
    assertThat(KernelVersion.isNewer(one, other)).isFalse();
    assertThat(KernelVersion.isNewer(other, one)).isFalse();
  }
}
