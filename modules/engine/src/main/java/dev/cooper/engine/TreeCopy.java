package dev.cooper.engine;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a folder's contents with all their attributes, by the system's own {@code cp}. */
final class TreeCopy {
  private TreeCopy() {}

  /** Copies what is in {@code from} into {@code to}, and gives {@code to} its attributes. */
  static void contents(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Process process =
        new ProcessBuilder("cp", "-a", "--", from + "/.", to.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new CooperException.Failed("cannot fill " + to + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while copying", e);
    }
  }
}
