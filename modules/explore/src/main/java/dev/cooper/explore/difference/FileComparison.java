package dev.cooper.explore.difference;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what two images have at one path. */
enum FileComparison {
  WITH_TIMES,
  WITHOUT_TIMES;

  /** What is different, in words; empty for nothing. Of files of one size the bytes are read. */
  String what(ExploredImage before, FileNode was, ExploredImage after, FileNode node)
      throws IOException {
    TarEntry a = was.entry();
    TarEntry b = node.entry();
    if (a.type() != b.type()) {
      return "was " + word(a.type()) + ", is " + word(b.type());
    }
    List<String> parts = new ArrayList<>();
    if (node.isFile() && !before.sameContent(was, after, node)) {
      parts.add("content");
    }
    if (!a.linkTarget().equals(b.linkTarget())) {
      parts.add(
          "target " + VisibleText.of(a.linkTarget()) + " to " + VisibleText.of(b.linkTarget()));
    }
    if (a.mode() != b.mode()) {
      parts.add(String.format(Locale.ROOT, "mode %04o to %04o", a.mode(), b.mode()));
    }
    if (a.uid() != b.uid() || a.gid() != b.gid()) {
      parts.add("owner " + a.uid() + ":" + a.gid() + " to " + b.uid() + ":" + b.gid());
    }
    if (parts.isEmpty() && !undated(a).equals(undated(b))) {
      parts.add("attributes");
    }
    if (this == WITH_TIMES && !a.modified().equals(b.modified())) {
      parts.add("time " + a.modified() + " to " + b.modified());
    }
    return String.join(", ", parts);
  }

  private static TarEntry undated(TarEntry entry) {
    return entry.withModified(Instant.EPOCH).withNames("", "");
  }

  private static String word(EntryType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
