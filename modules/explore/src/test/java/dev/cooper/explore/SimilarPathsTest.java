package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SimilarPathsTest {
  @Property(tries = 300)
  void theDistanceIsThatOfTheWholeTableUpToTheLimit(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String one,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String other,
      @ForAll @IntRange(min = 1, max = 12) int limit) {
    assertThat(SimilarPaths.distance(one, other, limit))
        .isEqualTo(Math.min(whole(one, other), limit + 1));
  }

  @Property(tries = 100)
  void upperAndLowerCaseAreAlike(@ForAll @AlphaChars @StringLength(max = 40) String name) {
    assertThat(SimilarPaths.distance(name, name.toUpperCase(Locale.ROOT), 1)).isZero();
  }

  /** Wagner and Fischer's, by its definition. */
  private static int whole(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
          continue;
        }
        int change = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        table[i][j] = Math.min(change, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
      }
    }
    return table[a.length()][b.length()];
  }

  @Test
  void anImageWhoseLinkLeadsToAVeryLongNameIsAnsweredAtOnce() {
    String longName = "x".repeat(4000);
    ExploredImage image =
        new MadeImage()
            .layer(
                "made to take long",
                l -> {
                  l.link("link", longName);
                  for (int i = 0; i < 200; i++) {
                    l.file("y".repeat(4000 - 4) + (1000 + i), "");
                  }
                  return l;
                })
            .open();

    // A guard against a hang: it takes a moment.
    Origin origin =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Where.find(image, "/link"));
    assertThat(origin.found()).isEmpty();
    assertThat(origin.similar()).isEqualTo(List.of());
  }
}
