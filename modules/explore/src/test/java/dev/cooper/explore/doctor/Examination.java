package dev.cooper.explore.doctor;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the doctor says of images made for tests. */
public final class Examination {
  /** A program that needs nothing: a static one for amd64. */
  static final byte[] RUNS = elf(62);

  private Examination() {}

  /** A static program for the processor of this number ({@code e_machine}). */
  static byte[] elf(int machine) {
    ByteBuffer file = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) machine).putInt(1);
    return file.array();
  }

  /** An image with nothing but a proper /tmp. */
  static MadeImage base() {
    return new MadeImage()
        .layer("ADD base", l -> l.entry(TarEntry.directory("tmp").withMode(01777)));
  }

  static MadeImage.Layer script(MadeImage.Layer layer, String path, String text) {
    return layer.program(path, text.getBytes(StandardCharsets.UTF_8));
  }

  static UnaryOperator<ImageConfig> command(String... words) {
    return c -> c.withConfig(c.config().withCmd(List.of(words)));
  }

  static UnaryOperator<ImageConfig> entrypoint(String... words) {
    return c -> c.withConfig(c.config().withEntrypoint(List.of(words)));
  }

  /** The findings as lines: severity, kind, path, layer. */
  static List<String> findings(MadeImage image) {
    return examine(image).stream()
        .map(
            f ->
                f.severity()
                    + " "
                    + f.kind().word()
                    + " "
                    + f.path()
                    + " "
                    + f.layer().map(String::valueOf).orElse(""))
        .toList();
  }

  static List<Finding> examine(MadeImage image) {
    try (ExploredImage explored = image.open()) {
      return Doctor.examine(explored, FactsCache.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
