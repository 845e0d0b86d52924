package dev.cooper.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system mounted read-only from a file while a test looks at it. */
public record Mounted(Path root) implements AutoCloseable {
  public static Mounted of(Path image, Path folder) throws IOException {
    Tool.requireRoot();
    Path root = Files.createTempDirectory(folder, "mounted-");
    Tool.succeed("mount", "-o", "loop,ro,noload", image.toString(), root.toString());
    return new Mounted(root);
  }

  @Override
  public void close() {
    Tool.succeed("umount", root.toString());
  }
}
