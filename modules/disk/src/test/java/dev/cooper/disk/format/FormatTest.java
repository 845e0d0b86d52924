package dev.cooper.disk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** QEMU's tools as judges of each format. */
class FormatTest {
  private static final long SIZE = 700L << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"QCOW2, ZLIB", "QCOW2, ZSTD", "VMDK, ZLIB"})
  void holdsItCompressed(Format format, Compression compression) throws IOException {
    Path raw = folder.resolve("raw");
    Path file = folder.resolve("file");
    write(raw, Format.RAW, Compression.NONE);
    write(file, format, compression);
    String name = format.qemuName();
    Tool.succeed("qemu-img", "compare", "-f", "raw", "-F", name, raw.toString(), file.toString());
    if (format == Format.QCOW2) {
      assertThat(Tool.succeed("qemu-img", "check", "-f", name, file.toString()))
          .contains("No errors were found", "compressed clusters");
      assertThat(Tool.succeed("qemu-img", "info", file.toString()))
          .contains("compression type: " + compression.name().toLowerCase(Locale.ROOT));
    } else {
      assertThat(Tool.succeed("qemu-img", "info", file.toString())).contains("streamOptimized");
    }
    Path again = folder.resolve("again");
    write(again, format, compression);
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(raw, file, again);
    }
  }

  @Test
  void onlySomeCanBeCompressed() {
    assertThatThrownBy(() -> write(folder.resolve("file"), Format.VDI, Compression.ZLIB))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> write(folder.resolve("file"), Format.VMDK, Compression.ZSTD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void holdsWhatWasWritten(Format format) throws IOException {
    Path raw = folder.resolve("raw");
    Path file = folder.resolve("file");
    write(raw, Format.RAW);
    write(file, format);
    String name = format.qemuName();
    Tool.succeed("qemu-img", "compare", "-f", "raw", "-F", name, raw.toString(), file.toString());
    assertThat(Tool.succeed("qemu-img", "info", "-f", name, file.toString()))
        .contains("(" + SIZE + " bytes)");
    if (format == Format.QCOW2 || format == Format.VDI || format == Format.VHDX) {
      Tool.succeed("qemu-img", "check", "-f", name, file.toString());
    }
    if (format != Format.RAW) {
      assertThat(Files.size(file)).isLessThan(SIZE / 4);
    }
  }

  private static void write(Path file, Format format) throws IOException {
    write(file, format, Compression.NONE);
  }

  /** Noise, text, zeros, and parts of blocks in no order; no byte twice. */
  private static void write(Path file, Format format, Compression compression) throws IOException {
    Random random = new Random(9);
    try (DiskFile disk = DiskFile.create(file, format, compression, SIZE, new UUID(5, 6))) {
      byte[] bytes = new byte[5_000_000];
      random.nextBytes(bytes);
      disk.write(300_000_000, ByteBuffer.wrap(bytes));
      disk.write(0, ByteBuffer.wrap(bytes, 0, 512));
      disk.write(SIZE - 1024, ByteBuffer.wrap(bytes, 512, 1024));
      byte[] text = "All work and no play. ".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
      disk.write(100 << 20, ByteBuffer.wrap(text));
      disk.write(200 << 20, ByteBuffer.wrap(new byte[3 << 20]));
      for (int i = 49; i >= 0; i--) {
        int mixed = i % 3 == 0 ? 200_000 : 4096;
        byte[] part = i % 2 == 0 ? bytes : text;
        disk.write((400L << 20) + i * 300_032L, ByteBuffer.wrap(part, i * 4096, mixed));
      }
      disk.finish();
    }
  }
}
