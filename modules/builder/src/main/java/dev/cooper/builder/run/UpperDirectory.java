package dev.cooper.builder.run;

import dev.cooper.builder.context.EntryTypes;
import dev.cooper.image.BlobSink;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.DirectoryListing;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an overlay's upper directory holds into a layer: a character device 0/0 says that a
 * name is gone, an attribute that a directory hides what is below (overlayfs.rst in the kernel's
 * documentation).
 */
public final class UpperDirectory {
  private static final List<String> OPAQUE =
      List.of("trusted.overlay.opaque", "user.overlay.opaque");

  private final byte[] root;
  private final @Nullable Instant latest;
  private final LayerWriter writer;
  private final Map<String, String> firstNames = new HashMap<>();
  private boolean empty = true;

  private UpperDirectory(Path root, @Nullable Instant latest, LayerWriter writer) {
    this.root = PathBytes.encode(root.toString());
    this.latest = latest;
    this.writer = writer;
  }

  /**
   * Writes the layer; null if nothing was changed.
   *
   * @param upper which nobody writes to meanwhile
   * @param rootBefore the root directory as it was before, to see whether it changed
   * @param latest what any later time is replaced by; null to keep all times
   */
  public static @Nullable Layer write(
      Path upper, FileStatus rootBefore, @Nullable Instant latest, BlobSink sink)
      throws IOException {
    try (LayerWriter writer = LayerWriter.to(sink)) {
      UpperDirectory directory = new UpperDirectory(upper, latest, writer);
      FileStatus now = FileStatus.of(directory.root);
      if (now.mode() != rootBefore.mode()
          || now.uid() != rootBefore.uid()
          || now.gid() != rootBefore.gid()) {
        directory.add("", EntryType.DIRECTORY, now, directory.root);
      }
      directory.walk("");
      return directory.empty ? null : writer.finish();
    }
  }

  private void walk(String path) throws IOException {
    List<DirectoryListing.Entry> entries = new ArrayList<>(DirectoryListing.read(absolute(path)));
    Map<String, FileStatus> byName = new TreeMap<>(PathBytes::compare);
    for (DirectoryListing.Entry entry : entries) {
      byName.put(PathBytes.decode(entry.name()), entry.status());
    }
    for (Map.Entry<String, FileStatus> entry : byName.entrySet()) {
      String child = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
      FileStatus status = entry.getValue();
      byte[] absolute = absolute(child);
      if (isWhiteout(status)) {
        empty = false;
        writer.add(TarEntry.whiteout(child));
        continue;
      }
      EntryType type = EntryTypes.of(status);
      if (type == null) {
        // A socket means nothing once its process is gone, and tar has no word for it.
        continue;
      }
      add(child, type, status, absolute);
      if (status.isDirectory()) {
        if (isOpaque(absolute)) {
          writer.add(TarEntry.opaque(child));
        }
        walk(child);
      }
    }
  }

  private byte[] absolute(String path) {
    if (path.isEmpty()) {
      return root;
    }
    byte[] relative = PathBytes.encode(path);
    byte[] absolute = new byte[root.length + 1 + relative.length];
    System.arraycopy(root, 0, absolute, 0, root.length);
    absolute[root.length] = '/';
    System.arraycopy(relative, 0, absolute, root.length + 1, relative.length);
    return absolute;
  }

  private static boolean isWhiteout(FileStatus status) {
    return status.isCharacterDevice() && status.deviceMajor() == 0 && status.deviceMinor() == 0;
  }

  private static boolean isOpaque(byte[] directory) throws IOException {
    for (String attribute : OPAQUE) {
      byte[] value = Xattrs.get(directory, attribute).orElse(null);
      if (value != null && value.length == 1 && value[0] == 'y') {
        return true;
      }
    }
    return false;
  }

  private void add(String path, EntryType type, FileStatus status, byte[] absolute)
      throws IOException {
    empty = false;
    Instant modified = Instant.ofEpochSecond(status.modified().getEpochSecond());
    if (latest != null && modified.isAfter(latest)) {
      modified = latest;
    }
    boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
    TarEntry entry =
        new TarEntry(
            path,
            type,
            status.permissions(),
            Integer.toUnsignedLong(status.uid()),
            Integer.toUnsignedLong(status.gid()),
            "",
            "",
            type == EntryType.FILE ? status.size() : 0,
            modified,
            type == EntryType.SYMLINK ? PathBytes.decode(FileHandle.readLink(absolute)) : "",
            device ? status.deviceMajor() : 0,
            device ? status.deviceMinor() : 0,
            attributes(absolute));
    if (type != EntryType.FILE) {
      writer.add(entry);
      return;
    }
    if (status.links() > 1) {
      String first = firstNames.putIfAbsent(status.device() + ":" + status.inode(), path);
      if (first != null) {
        writer.add(
            TarEntry.hardLink(path, first)
                .withMode(entry.mode())
                .withOwner(entry.uid(), entry.gid())
                .withModified(modified));
        return;
      }
    }
    try (InputStream in = open(absolute)) {
      writer.add(entry, in);
    }
  }

  private static InputStream open(byte[] path) throws IOException {
    return new BufferedInputStream(
        FileHandle.open(path, FileHandle.Access.READ).input(), 64 * 1024);
  }

  /** What belongs to the file itself: neither the overlay's bookkeeping nor the host's labels. */
  private static Map<String, byte[]> attributes(byte[] path) throws IOException {
    Map<String, byte[]> attributes = new TreeMap<>();
    for (String name : Xattrs.list(path)) {
      boolean kept =
          name.equals("security.capability")
              || (name.startsWith("user.") && !name.startsWith("user.overlay."));
      if (kept) {
        Xattrs.get(path, name).ifPresent(value -> attributes.put(name, value));
      }
    }
    return attributes;
  }
}
