package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLayersTest {
  @TempDir Path directory;
  Store store;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "unpacking needs root: owners, devices");
    store = Store.open(directory.resolve("store"));
  }

  private Image image(byte[]... layers) throws IOException {
    Descriptor target = Samples.image(store, "x", List.of(layers));
    store.images().tag(Reference.parse("x"), target);
    return store.images().require(Reference.parse("x"));
  }

  private List<Path> unpack(Samples.Tar... layers) throws IOException {
    byte[][] bytes = new byte[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      bytes[i] = layers[i].toBytes();
    }
    return store.layers().unpack(image(bytes));
  }

  private static boolean isWhiteout(Path path) throws IOException {
    return OverlayMarks.isWhiteout(FileStatus.of(path));
  }

  private static boolean isOpaque(Path path) throws IOException {
    return Xattrs.get(path, "trusted.overlay.opaque").isPresent();
  }

  @Test
  void everyKindOfEntry() throws IOException {
    Path layer =
        unpack(
                Samples.tar()
                    .directory("d", 01777, 1, 2)
                    .file("d/f", "content", 04711, 3, 4)
                    .symlink("d/l", "/etc/../x")
                    .hardLink("h", "d/f")
                    .device("tty", 5, 1)
                    .fifo("p")
                    .attribute("a", "user.test", "value"))
            .getFirst();
    FileStatus d = FileStatus.of(layer.resolve("d"));
    assertThat(d.permissions()).isEqualTo(01777);
    assertThat(d.uid()).isEqualTo(1);
    assertThat(d.gid()).isEqualTo(2);
    assertThat(d.modified()).isEqualTo(Samples.TIME);
    FileStatus f = FileStatus.of(layer.resolve("d/f"));
    assertThat(f.permissions()).isEqualTo(04711);
    assertThat(f.uid()).isEqualTo(3);
    assertThat(f.gid()).isEqualTo(4);
    assertThat(f.links()).isEqualTo(2);
    assertThat(f.modified()).isEqualTo(Samples.TIME);
    assertThat(Files.readString(layer.resolve("d/f"))).isEqualTo("content");
    assertThat(Files.readSymbolicLink(layer.resolve("d/l"))).hasToString("/etc/../x");
    assertThat(FileStatus.of(layer.resolve("d/l")).modified()).isEqualTo(Samples.TIME);
    assertThat(FileStatus.of(layer.resolve("h")).inode()).isEqualTo(f.inode());
    FileStatus tty = FileStatus.of(layer.resolve("tty"));
    assertThat(tty.isCharacterDevice()).isTrue();
    assertThat(tty.deviceMajor()).isEqualTo(5);
    assertThat(tty.deviceMinor()).isEqualTo(1);
    assertThat(tty.permissions()).isEqualTo(0620);
    assertThat(FileStatus.of(layer.resolve("p")).isFifo()).isTrue();
    assertThat(Xattrs.get(layer.resolve("a"), "user.test"))
        .hasValueSatisfying(
            value -> assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo("value"));
  }

  @Test
  void namesOfAnyBytes() throws IOException {
    Path layer =
        unpack(Samples.tar().directory("größe").file("größe/日本", "x").symlink("s", "größe"))
            .getFirst();
    List<Path> found = Layout.entries(NativeNames.resolve(layer, "größe"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().toUri().getRawPath())
        .endsWith("/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC");
    assertThat(Files.readString(layer.resolve("s").resolve(found.getFirst().getFileName())))
        .isEqualTo("x");
  }

  @Test
  void twiceIsOnce() throws IOException {
    List<Path> first = unpack(Samples.tar().file("a", "1"), Samples.tar().file("b", "2"));
    FileStatus before = FileStatus.of(first.getLast().resolve("b"));
    assertThat(unpack(Samples.tar().file("a", "1"), Samples.tar().file("b", "2"))).isEqualTo(first);
    assertThat(FileStatus.of(first.getLast().resolve("b"))).isEqualTo(before);
    assertThat(first).hasSize(2);
    assertThat(first.getFirst().resolve("a")).exists();
  }

  @Test
  void atOnceIsOnce() throws Exception {
    Samples.Tar tar = Samples.tar();
    for (int i = 0; i < 300; i++) {
      tar.file("f" + i, "content " + i);
    }
    Image image = image(tar.toBytes(), Samples.tar().file("top", "").toBytes());
    Callable<List<Path>> unpack = () -> store.layers().unpack(image);
    try (var executor = Executors.newFixedThreadPool(6)) {
      List<Future<List<Path>>> results =
          executor.invokeAll(IntStream.range(0, 6).mapToObj(i -> unpack).toList());
      for (Future<List<Path>> result : results) {
        assertThat(Layout.entries(result.get().getFirst())).hasSize(300);
      }
    }
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void whiteoutsHideWhatIsBelow() throws IOException {
    List<Path> layers =
        unpack(
            Samples.tar().directory("d").file("d/gone", "x").file("d/stays", "y").file("f", ""),
            Samples.tar().file("d/.wh.gone", "").file(".wh.f", "").file(".wh.never", ""));
    Path top = layers.getLast();
    assertThat(isWhiteout(top.resolve("d/gone"))).isTrue();
    assertThat(isWhiteout(top.resolve("f"))).isTrue();
    assertThat(top.resolve("never")).doesNotExist();
    assertThat(top.resolve("d/.wh.gone")).doesNotExist();
  }

  @Test
  void aWhiteoutInTheBottomLayerIsNothing() throws IOException {
    assertThat(Layout.entries(unpack(Samples.tar().file(".wh.f", "")).getFirst())).isEmpty();
  }

  @Test
  void opaqueDirectories() throws IOException {
    List<Path> layers =
        unpack(
            Samples.tar().directory("d").file("d/old", "").directory("e").file("e/old", ""),
            // Marked before and after its entries; replaced by a whiteout and a new directory.
            Samples.tar()
                .file("d/new", "")
                .file("d/.wh..wh..opq", "")
                .file(".wh.e", "")
                .directory("e")
                .file("e/new", ""));
    assertThat(isOpaque(layers.getLast().resolve("d"))).isTrue();
    assertThat(layers.getLast().resolve("d/new")).exists();
    assertThat(isOpaque(layers.getLast().resolve("e"))).isTrue();
    assertThat(layers.getLast().resolve("e/new")).exists();
  }

  @Test
  void impliedDirectoriesAreAsBelow() throws IOException {
    List<Path> layers =
        unpack(
            Samples.tar().directory("d", 02750, 7, 8).directory("e", 0700, 9, 9),
            Samples.tar().file("d/f", "").file("new/f", "").file(".wh.e", "").file("e/f", ""));
    FileStatus d = FileStatus.of(layers.getLast().resolve("d"));
    assertThat(d.permissions()).isEqualTo(02750);
    assertThat(d.uid()).isEqualTo(7);
    assertThat(d.gid()).isEqualTo(8);
    assertThat(d.modified()).isEqualTo(Samples.TIME);
    assertThat(FileStatus.of(layers.getLast().resolve("new")).permissions()).isEqualTo(0755);
    // That one was taken away before it was made again.
    assertThat(FileStatus.of(layers.getLast().resolve("e")).permissions()).isEqualTo(0755);
  }

  @Test
  void theRootsAttributesComeFromTheLayerThatHasThem() throws IOException {
    List<Path> layers =
        unpack(Samples.tar().directory(".", 0711, 5, 5), Samples.tar().file("f", ""));
    assertThat(FileStatus.of(layers.get(0)).permissions()).isEqualTo(0711);
    assertThat(FileStatus.of(layers.get(1)).permissions()).isEqualTo(0711);
    assertThat(FileStatus.of(layers.get(1)).uid()).isEqualTo(5);
  }

  @Test
  void aHardLinkToALayerBelowIsACopy() throws IOException {
    List<Path> layers =
        unpack(Samples.tar().file("a", "content", 04755, 1, 2), Samples.tar().hardLink("b", "a"));
    Path copy = layers.getLast().resolve("b");
    assertThat(Files.readString(copy)).isEqualTo("content");
    assertThat(FileStatus.of(copy).permissions()).isEqualTo(04755);
    assertThat(FileStatus.of(copy).uid()).isEqualTo(1);
    assertThat(FileStatus.of(copy).modified()).isEqualTo(Samples.TIME);
  }

  @Test
  void aHardLinkMayComeBeforeItsFile() throws IOException {
    Path layer = unpack(Samples.tar().hardLink("b", "a").file("a", "x")).getFirst();
    assertThat(FileStatus.of(layer.resolve("a")).inode())
        .isEqualTo(FileStatus.of(layer.resolve("b")).inode());
  }

  @Test
  void theLaterOfTwoEntriesCounts() throws IOException {
    Path layer =
        unpack(
                Samples.tar()
                    .file("f", "first")
                    .file("f", "second")
                    .directory("d")
                    .file("d/inside", "")
                    .file("d", "no directory")
                    .symlink("l", "f")
                    .directory("l")
                    .file("l/inside", "")
                    .directory("again", 0700, 0, 0)
                    .directory("again", 0755, 0, 0))
            .getFirst();
    assertThat(Files.readString(layer.resolve("f"))).isEqualTo("second");
    assertThat(Files.readString(layer.resolve("d"))).isEqualTo("no directory");
    assertThat(layer.resolve("l/inside")).exists();
    assertThat(FileStatus.of(layer.resolve("l")).isDirectory()).isTrue();
    assertThat(FileStatus.of(layer.resolve("again")).permissions()).isEqualTo(0755);
  }

  @Test
  void nothingIsWrittenOutside() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    // Links of the same layer are followed inside it.
    Path layer =
        unpack(
                Samples.tar()
                    .symlink("abs", outside.toString())
                    .file("abs/f", "x")
                    .symlink("up", "../../../../../../../..")
                    .file("up/tmp/f", "y")
                    .symlink("loop", "loop2/x")
                    .file("plain", ""))
            .getFirst();
    assertThat(outside).isDirectoryContaining("glob:**/secret");
    assertThat(Layout.entries(outside)).hasSize(1);
    assertThat(layer.resolve(outside.toString().substring(1)).resolve("f")).hasContent("x");
    assertThat(layer.resolve("tmp/f")).hasContent("y");
    // Links of a layer below give way; a hard link through one leads nowhere.
    List<Path> layers =
        unpack(Samples.tar().symlink("etc", outside.toString()), Samples.tar().file("etc/f", "z"));
    assertThat(FileStatus.of(layers.getLast().resolve("etc")).isDirectory()).isTrue();
    assertThat(Layout.entries(outside)).hasSize(1);
    assertThatThrownBy(
            () ->
                unpack(
                    Samples.tar().symlink("etc", outside.toString()),
                    Samples.tar().hardLink("stolen", "etc/secret")))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("etc/secret");
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void whatIsNoLayerIsRefusedAndLeavesNothing() throws IOException {
    byte[] tar = Samples.tar().file("a", "x".repeat(100_000)).toBytes();
    for (byte[] bad :
        List.of(
            Arrays.copyOf(tar, 50_000),
            Samples.tar().file("a", "").file("a/b", "").toBytes(),
            Samples.tar().hardLink("a", "absent").toBytes(),
            Samples.tar().file("d/.wh.", "").toBytes())) {
      Digest digest = store.blobs().put(bad);
      assertThatThrownBy(
              () ->
                  store
                      .layers()
                      .unpack(List.of(Descriptor.of("layer", digest, bad.length)), List.of(digest)))
          .isInstanceOf(CooperException.Corrupt.class);
    }
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    assertThat(store.root().resolve("layers")).isEmptyDirectory();
  }

  @Test
  void aDamagedLayerIsRefused() throws IOException {
    byte[] tar = Samples.tar().file("a", "x".repeat(100_000)).toBytes();
    Image image = image(tar);
    tar[60_000] = 'y';
    Files.setPosixFilePermissions(
        store.blobs().path(image.diffIds().getFirst()),
        PosixFilePermissions.fromString("rw-------"));
    Files.write(store.blobs().path(image.diffIds().getFirst()), tar);
    assertThatThrownBy(() -> store.layers().unpack(image))
        .isInstanceOf(CooperException.Corrupt.class);
    assertThat(store.root().resolve("layers")).isEmptyDirectory();
  }

  @Test
  void anOverlaysOwnAttributesAreNotTakenFromALayer() throws IOException {
    Path layer =
        unpack(Samples.tar().attribute("a", "trusted.overlay.redirect", "/etc")).getFirst();
    assertThat(Xattrs.list(layer.resolve("a"))).isEmpty();
  }

  @Test
  void aRunStepsUpperDirectoryBecomesALayer() throws IOException {
    byte[] tar = Samples.tar().file("made", "by RUN").toBytes();
    Digest chainId = Digest.sha256(tar);
    try (Lease lease = store.lease()) {
      Path upper = Files.createDirectory(lease.newDirectory().resolve("upper"));
      Files.writeString(upper.resolve("made"), "by RUN");
      Path layer = store.layers().adopt(chainId, upper);
      assertThat(layer.resolve("made")).hasContent("by RUN");
      assertThat(upper).doesNotExist();
      assertThat(store.layers().find(chainId)).contains(layer);

      Path again = Files.createDirectory(lease.newDirectory().resolve("upper"));
      assertThat(store.layers().adopt(chainId, again)).isEqualTo(layer);
      assertThat(again).doesNotExist();
      assertThat(layer.resolve("made")).exists();
      assertThat(store.layers().unpack(image(tar))).containsExactly(layer);
    }
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void layersThatNobodyNeedsAreCollected() throws IOException {
    List<Path> layers = unpack(Samples.tar().file("a", "1"), Samples.tar().file("b", "2"));
    assertThat(store.collect(GarbageRoots.NONE).orElseThrow().layers()).isZero();
    store.images().remove("x", false, ImageUsers.NONE);
    assertThat(
            store
                .collect(
                    marker -> marker.layer(Digest.sha256(Samples.tar().file("a", "1").toBytes())))
                .orElseThrow()
                .layers())
        .isEqualTo(1);
    assertThat(layers.getFirst()).exists();
    assertThat(layers.getLast()).doesNotExist();
  }
}
