package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a small root file system, put together in memory: at most one for each path. */
public final class RootFiles {
  /** Where a file's bytes come from; opened anew each time. */
  @FunctionalInterface
  public interface Bytes {
    InputStream open() throws IOException;
  }

  /**
   * One file, directory or link.
   *
   * @param entry its attributes
   * @param bytes its content; empty for all but regular files
   */
  public record Item(TarEntry entry, Bytes bytes) {}

  private static final Bytes NONE = InputStream::nullInputStream;

  private final TreeMap<String, Item> items = new TreeMap<>(PathBytes::compare);
  private final Instant modified;

  /** No files yet; each will carry this time. */
  public RootFiles(Instant modified) {
    this.modified = modified;
  }

  /** Adds a directory owned by root. */
  public RootFiles directory(String path, int mode) {
    return add(TarEntry.directory(path).withMode(mode), NONE);
  }

  /** Adds a symbolic link owned by root. */
  public RootFiles symlink(String path, String target) {
    return add(TarEntry.symlink(path, target), NONE);
  }

  /** Adds a text file owned by root. */
  public RootFiles text(String path, int mode, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(
        TarEntry.file(path, bytes.length).withMode(mode), () -> new ByteArrayInputStream(bytes));
  }

  /** Adds a copy of a file of this machine, owned by root. */
  public RootFiles copy(String path, int mode, Path file) throws IOException {
    return add(
        TarEntry.file(path, Files.size(file)).withMode(mode), () -> Files.newInputStream(file));
  }

  /** Adds anything, in the place of what had its path before. */
  public RootFiles add(TarEntry entry, Bytes bytes) {
    items.put(entry.path(), new Item(entry.withModified(modified), bytes));
    return this;
  }

  /** Adds anything with the time that it carries, in the place of what had its path before. */
  public RootFiles addDated(TarEntry entry, Bytes bytes) {
    items.put(entry.path(), new Item(entry, bytes));
    return this;
  }

  /** What is at a path; empty when nothing is. */
  public Optional<Item> find(String path) {
    return Optional.ofNullable(items.get(path));
  }

  public boolean contains(String path) {
    return items.containsKey(path);
  }

  /** Everything, by byte order of paths, so that directories come before what is in them. */
  public Collection<Item> items() {
    return items.values();
  }

  /** Writes all of it as a layer. */
  public Layer writeTo(BlobSink sink) throws IOException {
    try (LayerWriter writer = LayerWriter.to(sink)) {
      for (Item item : items.values()) {
        if (item.entry().type() == EntryType.FILE) {
          try (InputStream in = item.bytes().open()) {
            writer.add(item.entry(), in);
          }
        } else {
          writer.add(item.entry());
        }
      }
      return writer.finish();
    }
  }

  /**
   * Writes all of it below a directory, owned by whoever runs this. What was written there before
   * is replaced; nothing else is touched, and no link is followed.
   */
  public void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Item> directories = new ArrayList<>();
    for (Item item : items.values()) {
      DirectoryWriting.write(item, directory);
      if (item.entry().type() == EntryType.DIRECTORY) {
        directories.add(item);
      }
    }
    // Last and deepest first: what is made in a directory changes its time, or may be forbidden.
    directories.sort(
        Comparator.comparing((Item item) -> item.entry().path(), PathBytes::compare).reversed());
    for (Item item : directories) {
      DirectoryWriting.finish(item, directory);
    }
  }
}
