package dev.cooper.disk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.Tool;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that qemu-img wrote. */
class DiskInputTest {
  private static final int SIZE = 40 << 20;

  @TempDir Path folder;

  static Stream<String> kinds() {
    return Stream.of(
        "qcow2",
        "-c qcow2",
        "-c qcow2 -o compression_type=zstd",
        "qcow2 -o cluster_size=512",
        "qcow2 -o compat=0.10",
        "vdi",
        "vdi -o static=on",
        "vmdk",
        "vmdk -o subformat=streamOptimized",
        "vpc",
        "vpc -o subformat=fixed,force_size=on",
        "vhdx",
        "vhdx -o block_size=16777216");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsWhatQemuWrites(String kind) throws IOException {
    byte[] bytes = contents();
    Path raw = Files.write(folder.resolve("raw"), bytes);
    Path file = folder.resolve("file");
    boolean deflated = kind.startsWith("-c ");
    String command =
        "qemu-img convert -f raw " + (deflated ? "-c -O " + kind.substring(3) : "-O " + kind);
    Tool.succeed(
        Stream.concat(Stream.of(command.split(" ")), Stream.of(raw.toString(), file.toString()))
            .toArray(String[]::new));
    try (DiskInput input = DiskInput.open(file)) {
      assertThat(input.format()).isNotEqualTo(Format.RAW);
      assertThat(input.size()).isBetween((long) SIZE, SIZE + (1L << 20));
      ByteBuffer read = ByteBuffer.allocate(SIZE);
      input.read(0, read);
      assertThat(read.array()).isEqualTo(bytes);
      ByteBuffer odd = ByteBuffer.allocate(70_001);
      input.read(65_000, odd);
      assertThat(ByteBuffer.wrap(bytes, 65_000, 70_001)).isEqualTo(odd.flip());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vdi", "vmdk", "vpc", "vhdx"})
  void cutOffFilesAreRefused(String format) throws IOException {
    Path raw = Files.write(folder.resolve("raw"), contents());
    Path file = folder.resolve("file");
    Tool.succeed("qemu-img", "convert", "-f", "raw", "-O", format, raw.toString(), file.toString());
    byte[] whole = Files.readAllBytes(file);
    // VHD has its mark at the end: what is cut off is the table's front then.
    byte[] damaged = java.util.Arrays.copyOf(whole, 3000);
    if (format.equals("vpc")) {
      damaged = java.util.Arrays.copyOfRange(whole, whole.length - 700, whole.length);
    }
    Files.write(file, damaged);
    assertThatThrownBy(
            () -> {
              try (DiskInput input = DiskInput.open(file)) {
                input.read(0, ByteBuffer.allocate(SIZE));
              }
            })
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @Test
  void disksThatNeedOthersAreRefused() throws IOException {
    Path raw = Files.write(folder.resolve("raw"), contents());
    Path file = folder.resolve("file");
    Tool.succeed(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-b",
        raw.toString(),
        "-F",
        "raw",
        file.toString());
    assertThatThrownBy(() -> DiskInput.open(file))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("has a backing file");
    assertThatThrownBy(() -> DiskInput.open(folder.resolve("absent")))
        .isInstanceOf(CooperException.NotFound.class);
  }

  private static byte[] contents() {
    byte[] bytes = new byte[SIZE];
    Random random = new Random(4);
    byte[] noise = new byte[1_000_000];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 0, 512);
    System.arraycopy(noise, 0, bytes, 5_000_000, noise.length);
    java.util.Arrays.fill(bytes, 20 << 20, 23 << 20, (byte) 'x');
    System.arraycopy(noise, 0, bytes, SIZE - 5000, 5000);
    return bytes;
  }
}
