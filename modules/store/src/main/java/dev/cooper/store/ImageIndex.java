package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code index.json}: the names of images and what they stand for. Read without a lock, since it is
 * replaced as a whole; changed under one.
 */
final class ImageIndex {
  private final Layout layout;
  private final Locks locks;

  ImageIndex(Layout layout, Locks locks) {
    this.layout = layout;
    this.locks = locks;
  }

  /**
   * The entries now, in the order in which they were added.
   *
   * @throws CooperException.Corrupt when the file is not an index
   */
  List<Descriptor> entries() throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(layout.index());
    } catch (NoSuchFileException e) {
      return List.of();
    }
    try {
      return Index.parse(json).manifests();
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(layout.index() + ": " + e.getMessage(), null, e);
    }
  }

  /**
   * Replaces the entries by what {@code change} makes of them, durably; nobody else changes them
   * meanwhile. When {@code change} throws or returns the same entries, nothing is written.
   */
  void update(UnaryOperator<List<Descriptor>> change) throws IOException {
    try (Locks.Held held = locks.exclusive(Layout.INDEX)) {
      List<Descriptor> before = entries();
      List<Descriptor> after = change.apply(before);
      if (!after.equals(before)) {
        write(after);
      }
    }
  }

  void write(List<Descriptor> entries) {
    try {
      Durability.replace(layout.index(), Index.of(entries).toJson(), layout.temporary());
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "write index.json");
    }
  }
}
