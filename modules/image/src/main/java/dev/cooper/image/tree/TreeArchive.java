package dev.cooper.image.tree;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image's merged view as a tar, in the order of its paths. */
public final class TreeArchive {
  private TreeArchive() {}

  /** Writes the whole view and ends the archive; the stream stays open. */
  public static void write(ImageTree files, OutputStream out) throws IOException {
    TarWriter tar = new TarWriter(out);
    write(files, tar, "", null);
    tar.finish();
  }

  /**
   * Adds the view to an archive, which can get more.
   *
   * @param directory where in the archive everything is; empty for its root
   * @param latest what later times are replaced by; null to keep all times
   */
  public static void write(
      ImageTree files, TarWriter tar, String directory, @Nullable Instant latest)
      throws IOException {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    Map<Integer, String> written = new HashMap<>();
    for (FileNode node : files.tree().walk()) {
      if (node.path().isEmpty()) {
        if (!directory.isEmpty()) {
          tar.write(dated(node.entry(), latest).withPath(directory));
        }
        continue;
      }
      String path = prefix + node.path();
      TarEntry entry = dated(node.entry(), latest).withPath(path);
      if (node.type() != EntryType.DIRECTORY && node.linkCount() > 1) {
        String first = written.putIfAbsent(node.inodeKey(), path);
        if (first != null) {
          tar.write(
              TarEntry.hardLink(path, first)
                  .withMode(entry.mode())
                  .withOwner(entry.uid(), entry.gid())
                  .withNames(entry.userName(), entry.groupName())
                  .withModified(entry.modified()));
          continue;
        }
      }
      if (node.isFile()) {
        try (InputStream content = files.content().open(node)) {
          tar.write(entry, content);
        }
      } else {
        tar.write(entry);
      }
    }
  }

  private static TarEntry dated(TarEntry entry, @Nullable Instant latest) {
    return latest != null && entry.modified().isAfter(latest) ? entry.withModified(latest) : entry;
  }
}
