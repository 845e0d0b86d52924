package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LayersReportTest {
  @Test
  void eachLayerTellsWhatItDid() {
    LayersReport report =
        new MadeImage()
            .layer(
                "/bin/sh -c #(nop) ADD file:x in / ",
                l -> l.directory("etc").file("etc/a", "1").file("etc/b", "2").link("l", "etc/a"))
            .step("ENV X=1")
            .layer(
                "RUN /bin/sh -c rm /etc/b # buildkit",
                l -> l.directory("etc").file("etc/a", "11").remove("etc/b").file("etc/c", "3"))
            .open()
            .layers();

    LayerSummary bottom = report.layers().get(0);
    assertThat(bottom.instruction().text()).isEqualTo("ADD file:x in /");
    assertThat(bottom.count(ChangeKind.ADDED)).isEqualTo(4);
    LayerSummary top = report.layers().get(1);
    assertThat(top.instruction().text()).isEqualTo("RUN rm /etc/b");
    assertThat(top.changes())
        .extracting(change -> change.kind().letter() + " " + change.path())
        .containsExactly("C etc/a", "D etc/b", "A etc/c");
    assertThat(top.size()).isEqualTo(3);
  }

  @Test
  void theMeasuresAreThoseComputedByHand() {
    LayersReport report =
        new MadeImage()
            .layer("base", l -> l.sized("keep", 1000).sized("twice", 500).sized("gone", 300))
            .layer("two", l -> l.sized("twice", 400).remove("gone"))
            .layer("three", l -> l.sized("new", 100))
            .open()
            .layers();

    assertThat(report.size()).isEqualTo(2300);
    assertThat(report.userSize()).isEqualTo(500);
    // keep 1000 of 1000, twice 400 of 900, gone 0 of 300, new 100 of 100.
    assertThat(report.efficiency()).isCloseTo(1500.0 / 2300, within(1e-12));
    assertThat(report.wasted()).isEqualTo(900 + 300);
    assertThat(report.userWasted()).isCloseTo(1200.0 / 500, within(1e-12));
    assertThat(report.reclaimable()).isEqualTo(500 + 300);
    assertThat(report.waste())
        .containsExactly(new Waste("twice", 2, 900, 500), new Waste("gone", 2, 300, 300));
  }

  @Test
  void aRemovedDirectoryRemovesEveryFileInIt() {
    LayersReport report =
        new MadeImage()
            .layer("base", l -> l.directory("var").sized("var/x/big", 700).sized("var/y", 20))
            .layer("clean", l -> l.opaque("var/x").remove("var/y"))
            .layer("clean more", l -> l.remove("var"))
            .open()
            .layers();

    assertThat(report.layers().get(1).changes())
        .extracting(change -> change.kind().letter() + " " + change.path())
        .containsExactly("D var/x/big", "D var/y");
    assertThat(report.layers().get(2).changes())
        .extracting(change -> change.kind().letter() + " " + change.path())
        .containsExactly("D var", "D var/x");
    assertThat(report.wasted()).isEqualTo(720);
    assertThat(report.efficiency()).isZero();
  }

  @Test
  void hardLinksTakeNoSpaceAndUnchangedThingsAreNoChange() {
    LayersReport report =
        new MadeImage()
            .layer("base", l -> l.directory("d").sized("d/a", 50).link("s", "d/a"))
            .layer(
                "again",
                l -> l.directory("d").entry(TarEntry.hardLink("d/b", "d/a")).link("s", "d/a"))
            .layer("mode", l -> l.entry(TarEntry.directory("d").withMode(0700)))
            .open()
            .layers();

    assertThat(report.layers().get(1).changes())
        .extracting(change -> change.kind().letter() + " " + change.path() + " " + change.size())
        .containsExactly("A d/b 0");
    assertThat(report.layers().get(2).changes())
        .extracting(change -> change.kind().letter() + " " + change.path())
        .containsExactly("C d");
    assertThat(report.wasted()).isZero();
    assertThat(report.efficiency()).isEqualTo(1);
  }

  @Test
  void whatIsRemovedAndPutBackInOneLayerIsChanged() {
    LayersReport report =
        new MadeImage()
            .layer("base", l -> l.sized("d/a", 5).sized("d/b", 5))
            .layer("swap", l -> l.opaque("d").sized("d/a", 6))
            .open()
            .layers();

    assertThat(report.layers().get(1).changes())
        .extracting(change -> change.kind().letter() + " " + change.path())
        .containsExactly("C d/a", "D d/b");
  }

  @Test
  void anImageWithoutLayersIsEfficient() {
    LayersReport report = new MadeImage().open().layers();

    assertThat(report.layers()).isEmpty();
    assertThat(report.efficiency()).isEqualTo(1);
    assertThat(report.userWasted()).isZero();
  }

  @Test
  void aDamagedLayerIsNamed() {
    MadeImage image = new MadeImage().layer("base", l -> l.sized("a", 5000)).compressed();
    image.layer("two", l -> l.sized("b", 5000)).damage(1, 40);
    String digest = image.image().layers().get(1).digest().toString();

    assertThatThrownBy(image::open)
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining(digest);
  }

  @Test
  void aLayerCutBetweenEntriesIsDamagedToo() {
    MadeImage image =
        new MadeImage().layer("base", l -> l.sized("a", 10).sized("b", 10)).damage(0, 1024);

    assertThatThrownBy(image::open)
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("it has 1024 bytes, not ");
  }

  /** The changes replayed one layer after the other give the merged view of those layers. */
  @Property(tries = 300)
  void changesAddUpToTheMergedView(@ForAll("stacks") List<List<String>> stack) {
    MadeImage image = new MadeImage();
    for (List<String> layer : stack) {
      image.layer(
          "layer",
          l -> {
            layer.stream().distinct().forEach(word -> put(l, word));
            return l;
          });
    }
    ExploredImage explored = image.open();
    TreeMap<String, TarEntry> replayed = new TreeMap<>();
    for (LayerSummary layer : explored.layers().layers()) {
      for (Change change : layer.changes()) {
        assertThat(replayed.containsKey(change.path())).isEqualTo(change.before() != null);
        if (change.after() == null) {
          replayed.remove(change.path());
        } else {
          replayed.put(change.path(), change.after());
        }
      }
      TreeSet<String> merged = new TreeSet<>();
      explored.tree(layer.number()).walk().forEach(node -> merged.add(node.path()));
      merged.remove("");
      assertThat(replayed.keySet()).isEqualTo(merged);
    }
  }

  private static void put(MadeImage.Layer layer, String word) {
    String path = word.substring(1);
    switch (word.charAt(0)) {
      case 'f' -> layer.sized(path + "f", 3);
      case 'd' -> layer.directory(path);
      case 'w' -> layer.remove(path);
      case 'o' -> layer.opaque(path);
      case 'F' -> layer.sized(path + "/leaf", 7);
      default -> layer.remove(path + "f");
    }
  }

  @Provide
  Arbitrary<List<List<String>>> stacks() {
    Arbitrary<String> path =
        Arbitraries.of("a", "b", "c")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(p -> String.join("/", p));
    Arbitrary<String> word =
        Arbitraries.of("f", "f", "d", "w", "o", "F", "x").flatMap(k -> path.map(p -> k + p));
    return word.list().ofMinSize(1).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(5);
  }
}
