package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code index.json}: the names of images and what they stand for. Read without a lock, since it is
 * replaced as a whole; changed under one.
 */
final class ImageIndex {
  /** More than index.json is with some hundred images. */
  private static final int RESERVE = 256 << 10;

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
    byte[] json = Index.of(entries).toJson();
    try {
      try {
        Durability.replace(layout.index(), json, layout.temporary());
      } catch (IOException e) {
        // What cannot be written may be the very removal that makes room.
        if (!StoreFailures.isFull(e, layout) || !Files.deleteIfExists(layout.reserve())) {
          throw e;
        }
        Durability.replace(layout.index(), json, layout.temporary());
      }
      keepReserve();
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "write index.json");
    }
  }

  /** Takes room for a bad day; there is none to be had on that day itself. */
  private void keepReserve() throws IOException {
    if (Files.exists(layout.reserve())) {
      return;
    }
    byte[] room = new byte[RESERVE];
    // A file system may keep zeros without taking room for them.
    Arrays.fill(room, (byte) ' ');
    try {
      Files.write(layout.reserve(), room);
    } catch (IOException e) {
      Files.deleteIfExists(layout.reserve());
    }
  }
}
