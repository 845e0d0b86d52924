package dev.cooper.cli;

import dev.cooper.builder.output.WholeFile;
import dev.cooper.image.CooperException;
import dev.cooper.linux.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an archive goes: the file that {@code -o} names, else standard output. */
public final class OutputFile {
  private static final int BUFFER = 1 << 16;

  private OutputFile() {}

  /** Writes the archive. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes to the file, which is there whole or not at all, or to standard output.
   *
   * @param name the file; null for standard output
   * @throws CooperException.InvalidInput in Docker's words, when standard output is a terminal
   */
  public static void write(@Nullable String name, Console console, Content content)
      throws IOException {
    if (name == null) {
      if (Terminal.is(Terminal.OUTPUT)) {
        throw new CooperException.InvalidInput(
            "cowardly refusing to save to a terminal. Use the -o flag or redirect");
      }
      try (OutputStream out = new BufferedOutputStream(console.bytes(), BUFFER)) {
        content.writeTo(out);
      }
      return;
    }
    Path target = Path.of(name);
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new CooperException.InvalidInput(
          "invalid output path: directory \"" + folder + "\" does not exist");
    }
    WholeFile.write(target, content::writeTo);
  }
}
