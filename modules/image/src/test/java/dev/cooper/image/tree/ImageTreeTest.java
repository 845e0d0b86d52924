package dev.cooper.image.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.MemoryBlobs;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ImageTreeTest {
  private final MemoryBlobs blobs = new MemoryBlobs();
  private final Map<Digest, LayerIndex> remembered = new HashMap<>();
  private final LayerIndexCache cache =
      new LayerIndexCache() {
        @Override
        public LayerIndex find(Digest diffId) {
          return remembered.get(diffId);
        }

        @Override
        public void put(Digest diffId, LayerIndex index) {
          remembered.put(diffId, index);
        }
      };

  @Test
  void readsFilesOutOfPlainAndPackedLayers() throws IOException {
    Layer bottom = layer("z", "zebra", "a", "ape", "empty", "", "old", "old");
    Layer top = layer("b", "bear", "old", "new");
    Image image = image(List.of(packed(bottom), top.blob()), List.of(bottom, top));
    try (ImageTree tree = ImageTree.open(blobs, image, cache)) {
      assertThat(read(tree, "a")).isEqualTo("ape");
      assertThat(read(tree, "z")).isEqualTo("zebra");
      assertThat(read(tree, "b")).isEqualTo("bear");
      assertThat(read(tree, "empty")).isEmpty();
      assertThat(read(tree, "old")).isEqualTo("new");
      assertThat(inStorageOrder(tree))
          .containsExactly("z=zebra", "a=ape", "empty=", "b=bear", "old=new");
    }
    assertThat(remembered).hasSize(2).containsEntry(top.diffId(), top.index());
    try (ImageTree again = ImageTree.open(blobs, image, cache)) {
      assertThat(inStorageOrder(again))
          .containsExactly("z=zebra", "a=ape", "empty=", "b=bear", "old=new");
      assertThatThrownBy(() -> again.content().open(again.tree().root()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void visitsAFileOfSeveralNamesOnce() throws IOException {
    Layer bottom = layer("a", "ape");
    Layer top;
    try (LayerWriter writer = LayerWriter.to(blobs)) {
      writer.add(TarEntry.hardLink("b", "a"));
      top = writer.finish();
    }
    try (ImageTree tree =
        ImageTree.open(
            blobs, image(List.of(packed(bottom), top.blob()), List.of(bottom, top)), cache)) {
      assertThat(read(tree, "b")).isEqualTo("ape");
      assertThat(inStorageOrder(tree)).containsExactly("a=ape");
    }
  }

  @Test
  void noticesALayerThatIsNotWhatTheConfigSays() throws IOException {
    Layer layer = layer("a", "ape");
    Layer other = layer("b", "bear");
    Image image = image(List.of(packed(other)), List.of(layer));
    try (ImageTree tree = ImageTree.open(blobs, image, LayerIndexCache.NONE)) {
      assertThatThrownBy(() -> read(tree, "b"))
          .isInstanceOf(CooperException.Corrupt.class)
          .hasMessageContaining("do not have the digest " + layer.diffId());
    }
  }

  @Test
  void namesTheLayerThatIsCutShort() throws IOException {
    Layer layer = layer("a", "ape".repeat(1000));
    byte[] whole = blobs.blobs().get(layer.diffId());
    blobs.blobs().put(layer.diffId(), java.util.Arrays.copyOf(whole, 700));
    Image image = image(List.of(layer.blob()), List.of(layer));
    assertThatThrownBy(() -> ImageTree.open(blobs, image, LayerIndexCache.NONE))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessage("layer " + layer.diffId() + ": truncated tar archive: it ends at byte 700");
    cache.put(layer.diffId(), layer.index());
    try (ImageTree tree = ImageTree.open(blobs, image, cache)) {
      assertThatThrownBy(() -> read(tree, "a")).isInstanceOf(CooperException.Corrupt.class);
      assertThatThrownBy(() -> inStorageOrder(tree)).isInstanceOf(CooperException.Corrupt.class);
    }
  }

  @Test
  void aMissingLayerIsNotFound() {
    Layer layer =
        new Layer(
            Descriptor.of(MediaTypes.OCI_LAYER, new byte[1]),
            Digest.sha256(new byte[1]),
            new LayerIndex(List.of()));
    assertThatThrownBy(
            () ->
                ImageTree.open(
                    blobs, image(List.of(layer.blob()), List.of(layer)), LayerIndexCache.NONE))
        .isInstanceOf(CooperException.NotFound.class);
  }

  private static String read(ImageTree tree, String path) throws IOException {
    try (InputStream in = tree.content().open(tree.tree().lookup(path))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static List<String> inStorageOrder(ImageTree tree) throws IOException {
    List<String> seen = new ArrayList<>();
    List<FileNode> files = tree.tree().walk().stream().filter(FileNode::isFile).toList();
    tree.content()
        .forEachInStorageOrder(
            files,
            (file, content) -> seen.add(file + "=" + new String(content.readAllBytes(), UTF_8)));
    return seen;
  }

  private Layer layer(String... namesAndContents) throws IOException {
    try (LayerWriter writer = LayerWriter.to(blobs)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] contents = namesAndContents[i + 1].getBytes(UTF_8);
        writer.add(
            TarEntry.file(namesAndContents[i], contents.length),
            new ByteArrayInputStream(contents));
      }
      return writer.finish();
    }
  }

  private Descriptor packed(Layer layer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(blobs.blobs().get(layer.diffId()));
    }
    return Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blobs.put(bytes.toByteArray()), bytes.size());
  }

  private static Image image(List<Descriptor> layers, List<Layer> diffs) {
    ImageConfig config =
        ImageConfig.scratch(new Platform("linux", "amd64", null))
            .withRootfs(RootFs.of(diffs.stream().map(Layer::diffId).toList()));
    Descriptor descriptor = Descriptor.of(MediaTypes.OCI_CONFIG, config.toJson());
    Manifest manifest = Manifest.of(descriptor, layers);
    return new Image(Digest.sha256(manifest.toJson()), manifest, descriptor.digest(), config);
  }
}
