package dev.cooper.image.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Entries with contents that follow from their path and size, for tests. */
final class Entries {
  private Entries() {}

  static byte[] contents(TarEntry entry) {
    byte[] bytes = new byte[(int) entry.size()];
    new Random(entry.path().hashCode() + entry.size()).nextBytes(bytes);
    return bytes;
  }

  static byte[] tar(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (TarEntry entry : entries) {
        tar.write(entry, new ByteArrayInputStream(contents(entry)));
      }
    }
    return bytes.toByteArray();
  }

  static List<TarEntry> read(TarReader tar) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      entries.add(entry);
    }
    return entries;
  }
}
