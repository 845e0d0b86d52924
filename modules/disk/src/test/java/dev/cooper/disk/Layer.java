package dev.cooper.disk;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a layer for a test, entry by entry. */
public final class Layer implements AutoCloseable {
  private final TarWriter tar;

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

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
