package dev.cooper.explore.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.image.layer.TarEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuildDifferenceTest {
  private static final TarEntry LATE =
      TarEntry.file("times", 0).withModified(Instant.ofEpochSecond(9));

  private static MadeImage before() {
    return new MadeImage()
        .layer("FROM", l -> l.directory("d").file("d/low", "low").file("d/keep", "x"))
        .layer(
            "RUN one",
            l ->
                l.directory("d")
                    .file("d/content", "abc")
                    .file("times", "t")
                    .entry(TarEntry.whiteout("d/low")));
  }

  /** The folder is not repeated, the entries come in another order, one time is another. */
  private static MadeImage other() {
    return new MadeImage()
        .layer("FROM", l -> l.directory("d").file("d/low", "low").file("d/keep", "x"))
        .layer(
            "RUN one",
            l ->
                l.entry(TarEntry.whiteout("d/low"))
                    .file(LATE, new byte[] {'t'})
                    .file("d/content", "abc"));
  }

  @Test
  void howALayerIsWrittenDoesNotMatterWhatIsInItDoes() throws Exception {
    assertThat(between(before(), other(), false).isEmpty()).isTrue();
    RebuildDifference times = between(before(), other(), true);
    assertThat(times.config()).isEmpty();
    assertThat(lines(times))
        .containsExactly("2 RUN one: C times (time 1970-01-01T00:00:00Z to 1970-01-01T00:00:09Z)");
    assertThat(between(before(), before(), true).isEmpty()).isTrue();
  }

  @Test
  void removalsAndWhatIsNotRemovedAreSeen() throws Exception {
    MadeImage after =
        new MadeImage()
            .layer("FROM", l -> l.directory("d").file("d/low", "low").file("d/keep", "x"))
            .layer(
                "RUN one",
                l ->
                    l.entry(TarEntry.opaque("d"))
                        .file("d/content", "abX")
                        .file("d/low", "low")
                        .file("times", "t")
                        .directory("new"));
    assertThat(lines(between(before(), after, false)))
        .containsExactly(
            "2 RUN one: C d/content (content)",
            "2 RUN one: D d/keep ()",
            "2 RUN one: A d/low ()",
            "2 RUN one: A new ()");
  }

  @Test
  void ofUnlikeStacksTheRestIsComparedAsOne() throws Exception {
    MadeImage after = other().layer("RUN two", l -> l.file("more", "m")).step("ENV A=1");
    RebuildDifference difference = between(before(), after, false);
    assertThat(lines(difference)).containsExactly("2 : A more ()");
    assertThat(difference.config())
        .containsExactly(
            new ImageDifference.SettingDifference("History 3", "", "RUN two (a layer)"),
            new ImageDifference.SettingDifference("History 4", "", "ENV A=1"),
            new ImageDifference.SettingDifference("Layers", "2", "3"));
  }

  private static List<String> lines(RebuildDifference difference) {
    return difference.layers().stream()
        .flatMap(
            layer ->
                layer.files().stream()
                    .map(
                        file ->
                            layer.number()
                                + " "
                                + layer.instruction()
                                + ": "
                                + file.kind().letter()
                                + " "
                                + file.path()
                                + " ("
                                + file.what()
                                + ")"))
        .toList();
  }

  private static RebuildDifference between(MadeImage before, MadeImage after, boolean times)
      throws Exception {
    try (ExploredImage old = before.open();
        ExploredImage now = after.open()) {
      return RebuildDifference.between(old, now, times);
    }
  }
}
