package dev.cooper.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayersTextTest {
  @Test
  void aLongInstructionIsCutBetweenLetters() {
    assertThat(LayersText.shortened("RUN x", 5)).isEqualTo("RUN x");
    assertThat(LayersText.shortened("RUN make", 5)).isEqualTo("RUN …");
    // Neither an escape nor the half of a letter is left at the end.
    for (int width = 5; width < 20; width++) {
      assertThat(LayersText.shortened("RUN \u202e\u202e\u202e\u202e", width))
          .hasSizeLessThanOrEqualTo(width)
          .matches("RUN (\\\\u202e)*…");
      assertThat(LayersText.shortened("RUN " + "\ud83d\ude00".repeat(20), width))
          .hasSizeLessThanOrEqualTo(width)
          .matches("RUN (\ud83d\ude00)*…");
    }
  }

  @Test
  void whatFailsIsSeenToDiffer() {
    assertThat(Thresholds.compared("%s, at least %s", 0.5, 0.9))
        .isEqualTo("0.5000, at least 0.9000");
    assertThat(Thresholds.compared("%s, at least %s", 0.899999, 0.9))
        .isEqualTo("0.899999, at least 0.900000");
    assertThat(Thresholds.compared("%s, at most %s", Math.nextUp(0.1), 0.1))
        .isEqualTo("0.10000000000000002, at most 0.10000000000000000");
    assertThat(Thresholds.compared("%s, at most %s", 0.1, 0.1)).isEqualTo("0.1000, at most 0.1000");
  }
}
