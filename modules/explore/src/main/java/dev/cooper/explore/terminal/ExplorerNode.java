package dev.cooper.explore.terminal;

import dev.cooper.explore.ChangeKind;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the explorer's tree: a path that is there, or that the layers shown removed. */
final class ExplorerNode {
  final String name;
  final TarEntry entry;
  final @Nullable ExplorerNode parent;
  final List<ExplorerNode> children = new ArrayList<>();

  /** Null when the layers shown did nothing to it. */
  @Nullable ChangeKind change;

  /** Bytes of the files in it, without what was removed. */
  long size;

  ExplorerNode(@Nullable ExplorerNode parent, String name, TarEntry entry) {
    this.parent = parent;
    this.name = name;
    this.entry = entry;
  }

  boolean isDirectory() {
    return entry.type() == EntryType.DIRECTORY;
  }

  /** From 0 for what is in the root. */
  int depth() {
    int depth = -1;
    for (ExplorerNode node = parent; node != null; node = node.parent) {
      depth++;
    }
    return depth;
  }
}
