package dev.cooper.image.archive;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A layout in a tar archive. All times are the epoch's: equal images, equal archives. */
record TarFiles(TarWriter tar) implements ArchiveFiles {
  private static final int DIRECTORY = 0755;
  private static final int FILE = 0644;

  @Override
  public void directory(String path) throws IOException {
    tar.write(TarEntry.directory(path).withMode(DIRECTORY).withModified(Instant.EPOCH));
  }

  @Override
  public void file(String path, long size, InputStream content) throws IOException {
    TarEntry entry = TarEntry.file(path, size).withMode(FILE).withModified(Instant.EPOCH);
    tar.write(entry, content);
  }
}
