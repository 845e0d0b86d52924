package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayMountTest {
  @TempDir Path temporary;

  private Path target;

  @BeforeEach
  void setUp() throws IOException {
    Host.needs();
    target = Files.createDirectory(temporary.resolve("merged"));
  }

  @AfterEach
  void tearDown() throws IOException {
    OverlayMount.unmount(target);
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(temporary.toString());
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(temporary.resolve(name));
  }

  private Path layer(String name, String... files) throws IOException {
    Path layer = directory(name);
    for (String file : files) {
      Files.writeString(layer.resolve(file), name);
    }
    return layer;
  }

  @Test
  void higherLayersHideLowerOnesAndChangesGoAbove() throws IOException {
    Path upper = directory("upper");
    OverlayMount.mount(
        List.of(layer("bottom", "a", "b"), layer("top", "b")), upper, directory("work"), target);

    assertThat(target.resolve("a")).hasContent("bottom");
    assertThat(target.resolve("b")).hasContent("top");
    Files.writeString(target.resolve("a"), "changed");
    assertThat(upper.resolve("a")).hasContent("changed");
    assertThat(temporary.resolve("bottom/a")).hasContent("bottom");
  }

  @Test
  void mountsMoreLayersThanOnePageNames() throws IOException {
    List<Path> layers = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      String name = "%064d".formatted(i);
      layers.add(layer(name, "last", "only" + i));
    }
    OverlayMount.mount(layers, directory("upper"), directory("work"), target);

    assertThat(target.resolve("last")).hasContent("%064d".formatted(127));
    assertThat(target.resolve("only0")).exists();
    assertThat(target.resolve("only127")).exists();
  }

  @Test
  void mountsAsManyOnAnOlderKernel() throws IOException {
    List<Path> layers = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      layers.add(layer("%064d".formatted(i), "only" + i));
    }
    OverlayMount.mountByDescriptors(layers, directory("upper"), directory("work"), target);

    assertThat(target.resolve("only0")).exists();
    assertThat(target.resolve("only127")).exists();
  }

  @Test
  void takesNamesThatMeanSomethingToMount() throws IOException {
    OverlayMount.mount(
        List.of(layer("a:b", "1"), layer("c,d\\e", "2")),
        directory("up,per"),
        directory("wo\\rk"),
        target);

    assertThat(target.resolve("1")).exists();
    assertThat(target.resolve("2")).exists();
  }

  @Test
  void withoutUpperNothingCanBeChanged() throws IOException {
    OverlayMount.mount(List.of(layer("one", "1"), layer("two", "2")), null, null, target);

    assertThat(target.resolve("1")).exists();
    assertThatThrownBy(() -> Files.createFile(target.resolve("3")))
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void aLayerThatIsNotThereIsNamed() throws IOException {
    Path absent = temporary.resolve("absent");
    assertThatThrownBy(
            () -> OverlayMount.mount(List.of(absent), directory("u"), directory("w"), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such file or directory");
  }

  @Test
  void theMountPointsLieBelowTheImage() throws IOException {
    Path image = directory("image");
    Files.writeString(Files.createDirectories(image.resolve("etc")).resolve("hosts"), "its own");
    Path points = MountPoints.prepare(temporary.resolve("points"));
    assertThat(MountPoints.prepare(points)).isEqualTo(points);
    Path upper = directory("upper");
    OverlayMount.mount(List.of(points, image), upper, directory("work"), target);

    assertThat(target.resolve("etc/hosts")).hasContent("its own");
    assertThat(target.resolve("etc/resolv.conf")).isEmptyFile();
    assertThat(target.resolve(".dockerenv")).isExecutable();
    assertThat(target.resolve("dev/shm")).isDirectory();
    assertThat(upper).isEmptyDirectory();
  }
}
