package dev.cooper.disk;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Writes a layer for a test, entry by entry. */
public final class Layer implements AutoCloseable {
  private final TarWriter tar;
  private final Set<String> added = new HashSet<>();

  public Layer(Path file) throws IOException {
    tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  public Layer add(TarEntry entry) throws IOException {
    tar.write(entry);
    return this;
  }

  public Layer add(TarEntry entry, byte[] bytes) throws IOException {
    tar.write(entry.withSize(bytes.length), new ByteArrayInputStream(bytes));
    return this;
  }

  public Layer file(String path, String text) throws IOException {
    return add(TarEntry.file(path, 0), text.getBytes());
  }

  /** Adds a program of this computer, and the libraries that it needs, at their places. */
  public Layer program(String path) throws IOException {
    add(TarEntry.file(path.substring(1), 0).withMode(0755), Files.readAllBytes(Path.of(path)));
    for (String line : Tool.succeed("ldd", path).lines().toList()) {
      int start = line.indexOf('/');
      if (start >= 0) {
        String library = line.substring(start, line.indexOf(' ', start));
        if (added.add(library)) {
          byte[] bytes = Files.readAllBytes(Path.of(library));
          add(TarEntry.file(library.substring(1), 0).withMode(0755), bytes);
        }
      }
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
