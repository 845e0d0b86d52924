package dev.cooper.disk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.disk.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** QEMU's tools as judges of each format. */
class FormatTest {
  private static final long SIZE = 700L << 20;

  @TempDir Path folder;

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
    Random random = new Random(9);
    try (DiskFile disk = DiskFile.create(file, format, SIZE, new UUID(5, 6))) {
      byte[] bytes = new byte[5_000_000];
      random.nextBytes(bytes);
      disk.write(300_000_000, ByteBuffer.wrap(bytes));
      disk.write(0, ByteBuffer.wrap(bytes, 0, 512));
      disk.write(SIZE - 1024, ByteBuffer.wrap(bytes, 512, 1024));
      for (int i = 0; i < 50; i++) {
        disk.write(random.nextLong(SIZE / 512 - 10) * 512, ByteBuffer.wrap(bytes, i * 4096, 4096));
      }
      disk.finish();
    }
  }
}
