package dev.cooper.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.MemoryBlobs;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archives that were written here, by old and new Docker, and by nobody in his right mind. */
class ArchiveReaderTest {
  private final MemoryBlobs from = new MemoryBlobs();
  private final MemoryBlobs to = new MemoryBlobs();
  private byte[] layer = new byte[0];

  @BeforeEach
  void open() throws IOException {
    layer = ArchiveSamples.layer("etc/name", 5000);
  }

  private byte[] saved(ArchivedImage... images) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<ImageArchive.Entry> entries = new ArrayList<>();
    for (ArchivedImage image : images) {
      entries.add(
          new ImageArchive.Entry(PackedImage.unchanged(from, image.target()), image.names()));
    }
    ImageArchive.write(entries, ImageArchive.Form.DOCKER, bytes);
    return bytes.toByteArray();
  }

  private List<ArchivedImage> loaded(byte[] archive) throws IOException {
    return ArchiveReader.read(new ByteArrayInputStream(archive), to, to, LayerIndexCache.NONE);
  }

  private static List<Reference> names(String... names) {
    return Arrays.stream(names).map(Reference::parse).toList();
  }

  @Test
  void whatIsSavedIsLoadedWithItsDigestsAndNames() throws IOException {
    Descriptor plain =
        ArchiveSamples.image(
            from, Platform.host(), false, List.of(layer, ArchiveSamples.layer("b", 10)));
    Descriptor packed = ArchiveSamples.image(from, Platform.host(), true, List.of(layer));
    ArchivedImage first = new ArchivedImage(plain, names("one:1.0", "localhost:5000/x/y:z"));
    ArchivedImage second = new ArchivedImage(packed, List.of());
    byte[] archive = saved(first, second);

    assertThat(archive).as("the same images, the same bytes").isEqualTo(saved(first, second));
    List<ArchivedImage> images = loaded(archive);
    assertThat(images)
        .extracting(image -> image.target().digest(), ArchivedImage::names)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(plain.digest(), first.names()),
            org.assertj.core.groups.Tuple.tuple(packed.digest(), List.of()));
    assertThat(Image.read(to, images.get(1).target(), Platform.host()).diffIds())
        .containsExactly(Digest.sha256(layer));
  }

  @Test
  void anIndexGoesWithTheManifestsThatAreHere() throws IOException {
    Descriptor mine = ArchiveSamples.image(from, Platform.host(), true, List.of(layer));
    Descriptor absent =
        Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(layer), 7)
            .withPlatform(Platform.parse("linux/riscv64"));
    byte[] json = Index.of(List.of(absent, mine)).toJson();
    Descriptor index = Descriptor.of(MediaTypes.OCI_INDEX, from.put(json), json.length);

    List<ArchivedImage> images = loaded(saved(new ArchivedImage(index, names("multi"))));

    assertThat(images.getFirst().target().digest()).isEqualTo(index.digest());
    assertThat(to.contains(mine.digest())).isTrue();
  }

  /** A tar whose entries are given as path and content; content {@code ->x} is a link to x. */
  private static byte[] tar(Object... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        String path = (String) entries[i];
        byte[] content =
            entries[i + 1] instanceof byte[] data
                ? data
                : ArchiveSamples.utf8((String) entries[i + 1]);
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.startsWith("->")) {
          tar.write(TarEntry.symlink(path, text.substring(2)));
        } else {
          tar.write(TarEntry.file(path, content.length), new ByteArrayInputStream(content));
        }
      }
    }
    return bytes.toByteArray();
  }

  /** As Docker wrote before version 25: folders of layers, equal ones linked to each other. */
  @Test
  void anArchiveOfAnOldDockerWithLinks() throws IOException {
    byte[] config = ArchiveSamples.config(Platform.host(), List.of(layer, layer));
    String name = Digest.sha256(config).hex() + ".json";
    byte[] archive =
        tar(
            "aa/VERSION",
            "1.0",
            "aa/json",
            "{}",
            "aa/layer.tar",
            layer,
            "bb/layer.tar",
            "->../aa/layer.tar",
            name,
            config,
            "manifest.json",
            "[{\"Config\":\""
                + name
                + "\",\"RepoTags\":[\"old:1\"],"
                + "\"Layers\":[\"aa/layer.tar\",\"bb/layer.tar\"]}]",
            "repositories",
            "{}");

    ArchivedImage image = loaded(ArchiveSamples.gzip(archive)).getFirst();

    assertThat(image.names()).isEqualTo(names("old:1"));
    Image read = Image.read(to, image.target(), Platform.host());
    assertThat(read.configDigest()).isEqualTo(Digest.sha256(config));
    assertThat(read.layers()).hasSize(2);
  }

  private void refused(String words, byte[] archive) {
    assertThatThrownBy(() -> loaded(archive))
        .isInstanceOf(CooperException.class)
        .hasMessageContaining(words);
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] config = ArchiveSamples.config(Platform.host(), List.of(layer));
    String manifest = "[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":[\"l.tar\"]}]";
    refused(
        "\"l.tar\", which is not in the archive", tar("c.json", config, "manifest.json", manifest));
    refused(
        "does not unpack to " + Digest.sha256(layer),
        tar(
            "c.json",
            config,
            "l.tar",
            ArchiveSamples.layer("other", 9),
            "manifest.json",
            manifest));
    refused("malformed manifest.json", tar("manifest.json", "{"));
    refused("holds no image", tar("manifest.json", "[]"));
    refused("holds no image", tar("index.json", Index.of(List.of()).toJson()));
    refused("neither manifest.json nor index.json", layer);
    refused("blobs/sha256/", tar("blobs/sha256/" + Digest.sha256(layer).hex(), "something else"));
    byte[] sound =
        saved(
            new ArchivedImage(
                ArchiveSamples.image(from, Platform.host(), true, List.of(layer)), List.of()));
    for (int length : new int[] {0, 100, 600, 3000, sound.length / 2}) {
      assertThatThrownBy(() -> loaded(Arrays.copyOf(sound, length)))
          .isInstanceOf(CooperException.class);
    }
  }

  @Test
  void aManifestThatPromisesAnotherLayerThanItBringsIsRefused() throws IOException {
    Descriptor image = ArchiveSamples.image(from, Platform.host(), true, List.of(layer));
    Image read = Image.read(from, image, Platform.host());
    byte[] other = ArchiveSamples.gzip(ArchiveSamples.layer("evil", 100));
    byte[] manifest =
        dev.cooper.image.Manifest.of(
                read.manifest().config(),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, from.put(other), other.length)))
            .toJson();
    Descriptor forged = Descriptor.of(MediaTypes.OCI_MANIFEST, from.put(manifest), manifest.length);
    refused("does not unpack to", saved(new ArchivedImage(forged, List.of())));
  }
}
