package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhereTest {
  private final ExploredImage image =
      new MadeImage()
          .layer(
              "ADD base",
              l ->
                  l.directory("usr/bin")
                      .link("bin", "usr/bin")
                      .file("usr/bin/tool", "1")
                      .file("etc/old", "x")
                      .link("loop", "loop"))
          .layer("COPY tool", l -> l.file("usr/bin/tool", "22"))
          .layer("RUN rm", l -> l.remove("etc/old").link("usr/bin/alias", "../../bin/tool"))
          .open();

  @Test
  void theTopLayerThatHasAFileGivesIt() {
    Origin origin = Where.find(image, "/usr/bin/tool");

    assertThat(origin.provider()).contains(1);
    assertThat(origin.shadowed()).containsExactly(0);
    assertThat(origin.links()).isEmpty();
    assertThat(origin.found().orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void linksAreFollowedAndNamed() {
    Origin origin = Where.find(image, "bin/./alias");

    assertThat(origin.path()).isEqualTo("/usr/bin/tool");
    assertThat(origin.links())
        .containsExactly(
            new Origin.Link("/bin", "usr/bin", 0),
            new Origin.Link("/usr/bin/alias", "../../bin/tool", 2),
            new Origin.Link("/bin", "usr/bin", 0));
    assertThat(origin.provider()).contains(1);
  }

  @Test
  void whatWasRemovedSaysByWhom() {
    Origin origin = Where.find(image, "/etc/old");

    assertThat(origin.found()).isEmpty();
    assertThat(origin.history())
        .extracting(change -> change.kind() + " " + change.layer())
        .containsExactly("ADDED 0", "REMOVED 2");
    assertThat(origin.provider()).isEmpty();
  }

  @Test
  void whatNeverWasNamesTheSameNameElsewhere() {
    Origin origin = Where.find(image, "/usr/local/bin/tool");

    assertThat(origin.found()).isEmpty();
    assertThat(origin.history()).isEmpty();
    assertThat(origin.similar()).containsExactly("/usr/bin/tool");
    assertThat(Where.find(image, "/usr/bin/tool/deeper").found()).isEmpty();
  }

  @Test
  void aCircleOfLinksEnds() {
    assertThat(Where.find(image, "/loop").found()).isEmpty();
    assertThat(Where.find(image, "/loop").links()).hasSizeGreaterThan(30);
  }

  @Test
  void theRootAndClimbingAboveItAreTheRoot() {
    assertThat(Where.find(image, "/").path()).isEqualTo("/");
    assertThat(Where.find(image, "../../usr/../etc").path()).isEqualTo("/etc");
  }
}
