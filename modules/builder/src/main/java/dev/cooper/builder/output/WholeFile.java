package dev.cooper.builder.output;

import dev.cooper.image.CooperException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that it appears whole or not at all. */
public final class WholeFile {
  private static final int BUFFER = 1 << 18;

  private WholeFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes the file, replacing one that is there. What is no regular file, such as a pipe or {@code
   * /dev/null}, is written to as it is.
   *
   * @throws CooperException.InvalidInput if it is a directory
   * @throws CooperException.NotFound if there is no directory for it
   */
  public static void write(Path path, Content content) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CooperException.InvalidInput("destination file \"" + path + "\" is a directory");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER)) {
        content.writeTo(out);
      }
      return;
    }
    // A link stays a link: what it leads to is replaced.
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER)) {
        content.writeTo(out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound(
          "cannot write " + path + ": no such directory: " + target.getParent(), null, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
