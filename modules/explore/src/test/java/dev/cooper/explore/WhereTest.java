package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.TarEntry;
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
    assertThat(origin.history()).extracting(Change::layer).containsExactly(0, 1);
    assertThat(origin.hides(origin.history().getFirst())).isTrue();
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

  @Test
  void aFolderMadeAnewHidesWhatLowerLayersHaveThere() {
    ExploredImage anew =
        new MadeImage()
            .layer("base", l -> l.directory("op").file("op/one", "1").directory("both"))
            .layer("anew", l -> l.directory("op").opaque("op").directory("both"))
            .layer("mode", l -> l.entry(TarEntry.directory("op").withMode(0700)))
            .open();

    Origin op = Where.find(anew, "/op");
    assertThat(op.provider()).contains(2);
    assertThat(op.emptied()).contains(1);
    assertThat(op.history()).extracting(change -> op.hides(change)).containsExactly(true, false);
    Origin both = Where.find(anew, "/both");
    assertThat(both.emptied()).isEmpty();
    assertThat(both.history()).noneMatch(both::hides);
  }

  @Test
  void anOpaqueRootBeginsEverythingAnew() {
    ExploredImage anew =
        new MadeImage()
            .layer("base", l -> l.directory("op").file("op/one", "1"))
            .layer("anew", l -> l.opaque("").directory("op").file("op/two", "2"))
            .layer("more", l -> l.file("op/three", "3"))
            .open();

    assertThat(Where.find(anew, "/").emptied()).contains(1);
    assertThat(Where.find(anew, "/op").emptied()).contains(1);
    assertThat(Where.find(anew, "/op/one").found()).isEmpty();
  }

  @Test
  void whatTakesNothingAwayEmptiesNothing() {
    ExploredImage made =
        new MadeImage()
            .layer("base", l -> l.opaque("").directory("opt/other"))
            .layer("never was", l -> l.remove("op").remove("opt/app").file("opt/app/x", "1"))
            .layer("mkdir", l -> l.directory("op").opaque("op").file("op/x", "1"))
            .open();

    assertThat(Where.find(made, "/").emptied()).isEmpty();
    assertThat(Where.find(made, "/op").emptied()).isEmpty();
    assertThat(Where.find(made, "/opt/app").emptied()).isEmpty();
  }

  @Test
  void ofSeveralThatTakeAwayTheLastThatFoundAnythingCounts() {
    ExploredImage made =
        new MadeImage()
            .layer("base", l -> l.file("op/one", "1").file("file", "1"))
            .layer("rm", l -> l.remove("op").remove("file"))
            .layer("rm again", l -> l.remove("op").file("file", "2"))
            .layer("mkdir", l -> l.directory("op").remove("file").directory("file"))
            .open();

    assertThat(Where.find(made, "/op").emptied()).contains(1);
    Origin file = Where.find(made, "/file");
    assertThat(file.emptied()).contains(3);
    assertThat(file.history().getFirst()).matches(file::hides);
  }

  @Test
  void aRemovedParentAndAFileOnTheWayAreNamed() {
    ExploredImage made =
        new MadeImage()
            .layer("base", l -> l.file("opt/app/bin/tool", "1").file("etc/passwd", "x"))
            .layer("rm", l -> l.remove("opt/app"))
            .open();

    Origin.Obstacle removed = Where.find(made, "/opt/app/none/x").obstacle().orElseThrow();
    assertThat(removed.path()).isEqualTo("/opt/app");
    assertThat(removed.found()).isEmpty();
    assertThat(removed.history()).extracting(Change::layer).containsExactly(0, 1);
    Origin.Obstacle file = Where.find(made, "/etc/passwd/x").obstacle().orElseThrow();
    assertThat(file.path()).isEqualTo("/etc/passwd");
    assertThat(file.found()).isPresent();
    // The last part alone is no obstacle: it is what was asked for.
    assertThat(Where.find(made, "/etc/none").obstacle()).isEmpty();
  }

  @Test
  void aSlashAtTheEndAsksForAFolder() {
    assertThat(Where.find(image, "/usr/bin/").found()).isPresent();
    assertThat(Where.find(image, "/bin/").path()).isEqualTo("/usr/bin");
    assertThat(Where.find(image, "/usr/bin/tool/").found()).isEmpty();
    assertThat(Where.find(image, "/usr/bin/tool/.").found()).isEmpty();
    assertThat(Where.find(image, "/usr/bin/tool/..").found()).isEmpty();
    assertThat(Where.find(image, "/usr/bin/tool/").obstacle()).isPresent();
  }

  @Test
  void aFilesOtherNamesAreTold() {
    ExploredImage made =
        new MadeImage()
            .layer("base", l -> l.file("a", "1").file("alone", "2"))
            .layer("ln", l -> l.entry(TarEntry.hardLink("b", "a")))
            .open();

    assertThat(Where.find(made, "/a").names()).containsExactly("/b");
    assertThat(Where.find(made, "/b").names()).containsExactly("/a");
    assertThat(Where.find(made, "/b").provider()).contains(1);
    assertThat(Where.find(made, "/alone").names()).isEmpty();
  }

  @Test
  void nearlyTheSameNameInTheFolderComesFirst() {
    assertThat(Where.find(image, "/usr/bin/tooll").similar()).containsExactly("/usr/bin/tool");
    assertThat(Where.find(image, "/usr/bin/Tool").similar()).containsExactly("/usr/bin/tool");
    assertThat(Where.find(image, "/usr/bin/other").similar()).isEmpty();
  }
}
