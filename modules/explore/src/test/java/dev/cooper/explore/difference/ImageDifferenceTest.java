package dev.cooper.explore.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDifferenceTest {
  @Test
  void filesSettingsAndSoftwareAreCompared() throws Exception {
    MadeImage before =
        new MadeImage()
            .layer(
                "ADD",
                l ->
                    l.file("same", "1234")
                        .file("moved", "abcd")
                        .file("content", "abcd")
                        .file("mode", "x")
                        .file("gone", "x")
                        .link("link", "a")
                        .file("kind", "x")
                        .file(
                            "var/lib/dpkg/status",
                            "Package: a\nVersion: 1\n\nPackage: b\nVersion: 1\n"))
            .config(c -> c.withConfig(c.config().withEnv(List.of("A=1", "B=2")).withUser("app")));
    MadeImage after =
        new MadeImage()
            .layer("ADD", l -> l.file("same", "1234"))
            .layer(
                "ADD more",
                l ->
                    l.file("moved", "abcd")
                        .file("content", "abxd")
                        .entry(TarEntry.file("mode", 0))
                        .file(TarEntry.file("mode", 0).withMode(0755), new byte[] {'x'})
                        .link("link", "b")
                        .directory("kind")
                        .file("new", "x")
                        .file(
                            "var/lib/dpkg/status",
                            "Package: a\nVersion: 2\n\nPackage: c\nVersion: 1\n"))
            .config(c -> c.withConfig(c.config().withEnv(List.of("A=1", "B=3"))));

    ImageDifference difference = between(before, after);

    assertThat(difference.files())
        .extracting(file -> file.kind().letter() + " " + file.path() + " " + file.what())
        .containsExactly(
            "C content content",
            "D gone ",
            "C kind was file, is directory",
            "C link target a to b",
            "C mode mode 0644 to 0755",
            "A new ",
            "C var/lib/dpkg/status content");
    assertThat(difference.settings())
        .containsExactly(
            new ImageDifference.SettingDifference("Env B", "2", "3"),
            new ImageDifference.SettingDifference("User", "app", ""));
    assertThat(difference.components())
        .containsExactly(
            new ImageDifference.ComponentDifference("deb", "a", "1", "2"),
            new ImageDifference.ComponentDifference("deb", "b", "1", ""),
            new ImageDifference.ComponentDifference("deb", "c", "", "1"));
    assertThat(between(before, before).isEmpty()).isTrue();
  }

  private static ImageDifference between(MadeImage before, MadeImage after) throws Exception {
    try (ExploredImage old = before.open();
        ExploredImage now = after.open()) {
      return ImageDifference.between(old, now, FactsCache.NONE);
    }
  }
}
