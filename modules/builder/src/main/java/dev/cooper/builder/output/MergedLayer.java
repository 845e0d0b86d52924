package dev.cooper.builder.output;

import dev.cooper.image.BlobSink;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Makes one layer of several: what they did together to the layers below them. */
public final class MergedLayer {
  private MergedLayer() {}

  /**
   * Writes the layer.
   *
   * @param image the whole image
   * @param below the view of the layers that stay
   * @param count how many those are
   * @return a layer with the same effect upon {@code below} as all others of the image; one without
   *     entries if they changed nothing
   */
  public static Layer write(ImageTree image, FileTree below, int count, BlobSink sink)
      throws IOException {
    try (LayerWriter writer = LayerWriter.to(sink)) {
      for (FileNode node : below.walk()) {
        if (isRemoved(node, image.tree())) {
          writer.add(TarEntry.whiteout(node.path()));
        }
      }
      Map<Integer, String> names = new HashMap<>();
      for (FileNode node : image.tree().walk()) {
        if (node.layer() >= count && !node.path().isEmpty()) {
          write(node, image, names, writer);
        }
      }
      return writer.finish();
    }
  }

  /** Whether a path is gone, and not only since something above it is. */
  private static boolean isRemoved(FileNode node, FileTree after) {
    FileNode parent = node.parent();
    if (parent == null || after.lookup(node.path()) != null) {
      return false;
    }
    FileNode kept = after.lookup(parent.path());
    return kept != null && kept.isDirectory();
  }

  private static void write(
      FileNode node, ImageTree image, Map<Integer, String> names, LayerWriter writer)
      throws IOException {
    TarEntry entry = node.entry();
    if (!node.isDirectory() && node.linkCount() > 1) {
      String first = names.putIfAbsent(node.inodeKey(), node.path());
      if (first != null) {
        writer.add(
            TarEntry.hardLink(node.path(), first)
                .withMode(entry.mode())
                .withOwner(entry.uid(), entry.gid())
                .withModified(entry.modified()));
        return;
      }
    }
    if (node.isFile()) {
      try (InputStream in = image.content().open(node)) {
        writer.add(entry, in);
      }
    } else {
      writer.add(entry);
    }
  }
}
