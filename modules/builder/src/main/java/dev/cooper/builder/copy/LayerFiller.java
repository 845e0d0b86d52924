package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes planned items into a layer, their contents as they come. */
final class LayerFiller {
  private LayerFiller() {}

  /** The files whose contents {@link #write} wants, in its order. */
  static List<SourceFile> contents(List<Landing.Item> items) {
    List<SourceFile> files = new ArrayList<>(items.size());
    for (Landing.Item item : items) {
      if (item.content() != null) {
        files.add(item.content());
      }
    }
    return files;
  }

  /** Writes the items, taking from {@code contents} each file's bytes one after the other. */
  static void write(List<Landing.Item> items, InputStream contents, LayerWriter writer)
      throws IOException {
    for (Landing.Item item : items) {
      if (item.content() == null) {
        writer.add(item.entry());
      } else {
        writer.add(item.entry(), contents);
      }
    }
  }

  /** Further names of a file that is there already become links to it. */
  static List<Landing.Item> links(List<Landing.Item> items) {
    Map<String, String> firstNames = new HashMap<>();
    List<Landing.Item> linked = new ArrayList<>(items);
    for (int i = 0; i < items.size(); i++) {
      SourceFile file = items.get(i).content();
      if (file == null || file.links() < 2) {
        continue;
      }
      TarEntry entry = items.get(i).entry();
      String first =
          firstNames.putIfAbsent(
              file.device() + ":" + file.inode() + ":" + entry.mode(), entry.path());
      if (first != null) {
        linked.set(
            i,
            new Landing.Item(
                TarEntry.hardLink(entry.path(), first)
                    .withMode(entry.mode())
                    .withOwner(entry.uid(), entry.gid())
                    .withModified(entry.modified()),
                null));
      }
    }
    return linked;
  }
}
