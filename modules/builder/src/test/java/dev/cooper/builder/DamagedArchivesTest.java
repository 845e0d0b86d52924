package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADD refuses an archive that is damaged, wherever the damage is, and leaves no image. */
class DamagedArchivesTest {
  @TempDir Path directory;
  private Path context;
  private Store store;
  private byte[] packed = new byte[0];

  @BeforeEach
  void open() throws IOException {
    context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD a.tar.gz /\n");
    store = Store.open(directory.resolve("store"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] content = new byte[50_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * i >> 5);
    }
    try (TarWriter tar = new TarWriter(new GZIPOutputStream(bytes))) {
      tar.write(TarEntry.file("file", content.length), new ByteArrayInputStream(content));
    }
    packed = bytes.toByteArray();
  }

  private void build() throws Exception {
    new Builder(store, new StoredImages(store))
        .build(BuildRequest.of(new BuildContext.Folder(context)), BuildProgress.NONE);
  }

  private void refused(byte[] archive) throws IOException {
    Files.write(context.resolve("a.tar.gz"), archive);
    assertThatThrownBy(this::build)
        .isInstanceOf(CooperException.class)
        .hasMessageContaining("a.tar.gz");
    assertThat(store.images().list()).isEmpty();
  }

  @Test
  void aSoundOneIsTaken() throws Exception {
    Files.write(context.resolve("a.tar.gz"), packed);
    build();
    assertThat(store.images().list()).hasSize(1);
  }

  @Test
  void oneCutInTheMiddle() throws IOException {
    refused(Arrays.copyOf(packed, packed.length / 2));
  }

  /** The tar is whole by then: only who reads the stream to its end sees it. */
  @Test
  void oneWhoseChecksumIsWrong() throws IOException {
    byte[] damaged = packed.clone();
    damaged[damaged.length - 5] ^= 1;
    refused(damaged);
  }

  @Test
  void oneCutBeforeItsChecksum() throws IOException {
    refused(Arrays.copyOf(packed, packed.length - 8));
  }

  @Test
  void oneThatIsNoArchiveAtAllButForItsFirstBytes() throws IOException {
    byte[] damaged = packed.clone();
    Arrays.fill(damaged, 10, damaged.length, (byte) 0xff);
    refused(damaged);
  }
}
