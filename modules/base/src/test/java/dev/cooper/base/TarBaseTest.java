package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarBaseTest {
  @TempDir Path directory;

  /** The start of a program. */
  static byte[] elf(int machine, boolean wide) {
    byte[] head = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1}, 0, head, 0, 7);
    head[16] = 2;
    head[18] = (byte) machine;
    return head;
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(bytes)) {
      for (String name : names) {
        byte[] content = name.endsWith("arm64") ? elf(183, true) : elf(8, false);
        writer.write(
            TarEntry.file(name, content.length).withMode(0755), new ByteArrayInputStream(content));
      }
    }
    return bytes.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  @Test
  void aTarBecomesAnImageByteForByte() throws IOException {
    byte[] tar = tar("etc/x", "usr/bin/tool-arm64");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    Path file = write("my root.tar.gz", packed.toByteArray());
    BaseImage image = TarBase.of(file, Optional.empty());
    BaseImage streamed =
        TarBase.of(new ByteArrayInputStream(tar), "standard input", Optional.empty());
    BaseImage.Written written = image.writeTo(new MemoryBlobs(), Instant.EPOCH);

    assertThat(written.layer().index()).isEqualTo(LayerIndex.read(new ByteArrayInputStream(tar)));
    assertThat(streamed.writeTo(new MemoryBlobs(), Instant.EPOCH).layer().diffId())
        .isEqualTo(written.layer().diffId());
    assertThat(image.platform()).hasToString("linux/arm64");
    assertThat(streamed.platform()).hasToString("linux/arm64");
    assertThat(image.dockerfile()).endsWith("ADD [\"my root.tar.gz\", \"/\"]\n");
    assertThat(TarBase.of(file, Optional.of(Platform.parse("linux/s390x"))).platform())
        .hasToString("linux/s390x");
  }

  @Test
  void programsInTheUsualPlacesTellThePlatform() throws IOException {
    // Firmware and the like come before, and are for other processors.
    byte[] tar = tar("boot/firmware-mips", "sbin/init-arm64");
    assertThat(TarBase.of(write("a.tar", tar), Optional.empty()).platform())
        .hasToString("linux/arm64");
    assertThat(TarBase.of(write("b.tar", tar("app-mips")), Optional.empty()).platform())
        .hasToString("linux/mipsle");
  }

  @Test
  void aDamagedOneIsTold() throws IOException {
    byte[] tar = tar("bin/a-arm64", "bin/b-arm64");
    Path cut = write("cut.tar", Arrays.copyOf(tar, 1_100));
    assertThatThrownBy(
            () -> TarBase.of(cut, Optional.empty()).writeTo(new MemoryBlobs(), Instant.EPOCH))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining(cut.toString());
    assertThatThrownBy(() -> TarBase.of(directory.resolve("absent"), Optional.empty()))
        .isInstanceOf(CooperException.NotFound.class);
    assertThatThrownBy(() -> TarBase.of(directory, Optional.empty()))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage(directory + " is a directory");
    Path empty = write("empty", new byte[0]);
    assertThatThrownBy(() -> TarBase.of(empty, Optional.empty())).hasMessage(empty + " is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "'PK\3\4', a zip archive",
    "070701, a cpio archive",
    "'!<arch>\ndebian-binary', a Debian package",
    "hsqs, a squashfs image"
  })
  void whatIsNoTarIsTold(String start, String what) throws IOException {
    Path file = write("thing", (start + " and so on").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TarBase.of(file, Optional.empty()))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage(file + " is no tar but " + what);
  }

  @ParameterizedTest
  @CsvSource({"0707-notes", "LZIP", "hsqs/file", "PK\3\4"})
  void aTarsFirstNameMayBeAny(String name) throws IOException {
    byte[] tar = tar(name, "usr/bin/tool-arm64");
    assertThat(TarBase.of(write("a.tar", tar), Optional.empty()).platform())
        .hasToString("linux/arm64");
    // As tar wrote it before POSIX: no magic, but a checksum.
    byte[] old = new byte[512];
    System.arraycopy(tar, 0, old, 0, 257);
    int sum = 8 * ' ';
    for (int i = 0; i < old.length; i++) {
      sum += i < 148 || i >= 156 ? old[i] & 0xff : 0;
    }
    System.arraycopy(
        String.format("%06o\0 ", sum).getBytes(StandardCharsets.ISO_8859_1), 0, old, 148, 8);
    byte[] whole = tar.clone();
    System.arraycopy(old, 0, whole, 0, 512);
    assertThat(TarBase.of(write("b.tar", whole), Optional.empty()).platform())
        .hasToString("linux/arm64");
  }

  @Test
  void anArchiveOfImagesIsForLoad() throws IOException {
    String hex = "0123456789abcdef".repeat(4);
    for (String[] names :
        new String[][] {
          {"oci-layout", "index.json", "blobs/sha256/" + hex},
          {hex + ".json", hex + "/layer.tar", "manifest.json"},
          {hex + ".tar", hex + ".json", "manifest.json", "repositories"}
        }) {
      Path file = write("image.tar", tar(names));
      assertThatThrownBy(() -> TarBase.of(file, Optional.empty()))
          .isInstanceOf(CooperException.InvalidInput.class)
          .hasMessage(file + " is an archive of images");
    }
    // A web site may have such a file.
    TarBase.of(write("site.tar", tar("index.json", "blobs", "page.html")), Optional.empty());
  }
}
