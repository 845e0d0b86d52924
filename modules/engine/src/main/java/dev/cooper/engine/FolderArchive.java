package dev.cooper.engine;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.linux.DirectoryListing;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes files and folders of this machine into a tar: no link is followed, names of the same file
 * stay such, sockets are left out.
 */
public final class FolderArchive {
  private final TarWriter tar;
  private final Map<List<Long>, String> written = new HashMap<>();

  /** Writes into {@code tar}, which the caller finishes. */
  public FolderArchive(TarWriter tar) {
    this.tar = tar;
  }

  /**
   * Adds what is at {@code path}, a folder with all that is in it.
   *
   * @param name its path in the archive; empty for a folder whose contents only are added
   */
  public void add(Path path, String name) throws IOException {
    add(PathBytes.encode(path.toString()), name, FileStatus.of(path));
  }

  private void add(byte[] path, String name, FileStatus status) throws IOException {
    if (status.isSocket()) {
      return;
    }
    if (!name.isEmpty() && !status.isDirectory() && status.links() > 1) {
      List<Long> identity = List.of(status.device(), status.inode());
      String first = written.putIfAbsent(identity, name);
      if (first != null) {
        tar.write(describe(name, EntryType.HARD_LINK, path, status, 0, first).withXattrs(Map.of()));
        return;
      }
    }
    if (status.isDirectory()) {
      if (!name.isEmpty()) {
        tar.write(describe(name, EntryType.DIRECTORY, path, status, 0, ""));
      }
      List<DirectoryListing.Entry> entries = new java.util.ArrayList<>(DirectoryListing.read(path));
      entries.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
      for (DirectoryListing.Entry entry : entries) {
        String child = PathBytes.decode(entry.name());
        add(
            Differences.join(path, entry.name()),
            name.isEmpty() ? child : name + "/" + child,
            entry.status());
      }
    } else if (status.isRegular()) {
      file(path, name, status);
    } else {
      special(path, name, status);
    }
  }

  private void file(byte[] path, String name, FileStatus status) throws IOException {
    try (FileHandle handle = FileHandle.open(path, FileHandle.Access.READ);
        InputStream content = new BufferedInputStream(handle.input(), 1 << 16)) {
      // The size of this moment: the file may have grown since its folder was read.
      long size = handle.status().size();
      tar.write(describe(name, EntryType.FILE, path, status, size, ""), content);
    }
  }

  private void special(byte[] path, String name, FileStatus status) throws IOException {
    if (status.isLink()) {
      String target = PathBytes.decode(FileHandle.readLink(path));
      tar.write(describe(name, EntryType.SYMLINK, path, status, 0, target));
    } else if (status.isFifo()) {
      tar.write(describe(name, EntryType.FIFO, path, status, 0, ""));
    } else {
      EntryType type =
          status.isCharacterDevice() ? EntryType.CHARACTER_DEVICE : EntryType.BLOCK_DEVICE;
      tar.write(describe(name, type, path, status, 0, ""));
    }
  }

  private static TarEntry describe(
      String name, EntryType type, byte[] path, FileStatus status, long size, String target)
      throws IOException {
    Instant modified = Instant.ofEpochSecond(status.modified().getEpochSecond());
    return new TarEntry(
        name,
        type,
        status.permissions(),
        status.uid(),
        status.gid(),
        "",
        "",
        size,
        modified,
        target,
        status.deviceMajor(),
        status.deviceMinor(),
        xattrs(path, type));
  }

  /** File capabilities and users' own attributes; those of the overlay and of this machine stay. */
  private static Map<String, byte[]> xattrs(byte[] path, EntryType type) throws IOException {
    if (type != EntryType.FILE && type != EntryType.DIRECTORY) {
      return Map.of();
    }
    String text = new String(path, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), path)) {
      return Map.of();
    }
    Path file = Path.of(text);
    Map<String, byte[]> found = new TreeMap<>();
    for (String name : Xattrs.list(file)) {
      if (name.equals("security.capability") || name.startsWith("user.")) {
        Xattrs.get(file, name).ifPresent(value -> found.put(name, value));
      }
    }
    return found;
  }
}
