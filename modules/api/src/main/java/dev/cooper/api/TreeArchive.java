package dev.cooper.api;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** An image's merged view as a tar, in the order of its paths. */
final class TreeArchive {
  private TreeArchive() {}

  static void write(ImageTree files, OutputStream out) throws IOException {
    TarWriter tar = new TarWriter(out);
    Map<Integer, String> written = new HashMap<>();
    for (FileNode node : files.tree().walk()) {
      if (node.path().isEmpty()) {
        continue;
      }
      TarEntry entry = node.entry().withPath(node.path());
      if (node.type() != EntryType.DIRECTORY && node.linkCount() > 1) {
        String first = written.putIfAbsent(node.inodeKey(), node.path());
        if (first != null) {
          tar.write(
              new TarEntry(
                  node.path(),
                  EntryType.HARD_LINK,
                  entry.mode(),
                  entry.uid(),
                  entry.gid(),
                  entry.userName(),
                  entry.groupName(),
                  0,
                  entry.modified(),
                  first,
                  0,
                  0,
                  Map.of()));
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
    tar.finish();
  }
}
