package dev.cooper.builder.run;

import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import dev.cooper.store.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories that {@code RUN --mount=type=cache} keeps between builds, each with a note beside
 * it that tells its id and, by its time, when it was last used.
 */
public final class CacheMounts {
  private static final String NOTE = ".id";

  private CacheMounts() {}

  /**
   * One directory.
   *
   * @param name what it is kept under
   * @param id as the Dockerfile has it; the name where that is not known
   * @param used when a RUN last had it
   */
  public record CacheMount(String name, String id, Path directory, Instant used) {
    /** The sizes of its files together, in bytes; what disappears meanwhile does not count. */
    public long size() throws IOException {
      long size = 0;
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          size += Files.isSymbolicLink(file) || !Files.isRegularFile(file) ? 0 : sizeOf(file);
        }
      } catch (NoSuchFileException e) {
        return size;
      } catch (UncheckedIOException e) {
        return size;
      }
      return size;
    }

    private static long sizeOf(Path file) throws IOException {
      try {
        return Files.size(file);
      } catch (NoSuchFileException e) {
        return 0;
      }
    }
  }

  /** Where a store has them; made with the first of them. */
  public static Path in(Store store) {
    return store.cacheDirectory().resolve("mounts");
  }

  /** Held by whoever has it mounted, and by nobody while it is removed. */
  static Locks.Held use(Store store, String name) {
    return store.locks().shared(lock(name));
  }

  private static String lock(String name) {
    return "use of cache mount " + name;
  }

  /** Writes down what a directory is for, and that it is used now. */
  static void note(Store store, String name, String id) throws IOException {
    Files.writeString(in(store).resolve(name + NOTE), id);
  }

  /** All of them. */
  public static List<CacheMount> list(Store store) throws IOException {
    List<CacheMount> mounts = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(in(store))) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (Files.isDirectory(entry)) {
          Path note = entry.resolveSibling(name + NOTE);
          boolean noted = Files.exists(note);
          mounts.add(
              new CacheMount(
                  name,
                  noted ? Files.readString(note) : name,
                  entry,
                  Files.getLastModifiedTime(noted ? note : entry).toInstant()));
        }
      }
    } catch (NoSuchFileException e) {
      return mounts;
    }
    return mounts;
  }

  /**
   * Removes one.
   *
   * @return whether it is gone; false while a RUN has it mounted
   */
  public static boolean remove(Store store, CacheMount mount) throws IOException {
    Optional<Locks.Held> alone = store.locks().tryExclusive(lock(mount.name()));
    if (alone.isEmpty()) {
      return false;
    }
    try (Locks.Held _ = alone.get()) {
      TreeRemoval.remove(mount.directory());
      Files.deleteIfExists(mount.directory().resolveSibling(mount.name() + NOTE));
      return true;
    }
  }
}
