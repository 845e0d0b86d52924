package dev.cooper.explore.terminal;

import dev.cooper.explore.Change;
import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayersReport;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import java.util.HashMap;
import java.util.Map;

/** The tree as it is after one layer, with what one layer or all up to it did to each path. */
final class ExplorerTree {
  private final Map<String, ExplorerNode> byPath = new HashMap<>();
  private final ExplorerNode root;

  private ExplorerTree(ExplorerNode root) {
    this.root = root;
  }

  /**
   * @param layer the layer after which to look, from 0
   * @param together whether the changes of all layers above the bottom one up to it are shown,
   *     rather than its own
   */
  static ExplorerNode after(ExploredImage image, int layer, boolean together) {
    LayersReport report = image.layers();
    FileNode top = image.tree(layer + 1).root();
    ExplorerTree tree = new ExplorerTree(new ExplorerNode(null, "", top.entry()));
    tree.byPath.put("", tree.root);
    for (FileNode child : top.children()) {
      tree.add(tree.root, child);
    }
    int first = together ? Math.min(1, layer) : layer;
    for (int i = first; i <= layer; i++) {
      for (Change change : report.layers().get(i).changes()) {
        tree.mark(change);
      }
    }
    tree.sum(tree.root);
    return tree.root;
  }

  private void add(ExplorerNode parent, FileNode node) {
    ExplorerNode made = new ExplorerNode(parent, node.name(), node.entry());
    parent.children.add(made);
    byPath.put(node.path(), made);
    for (FileNode child : node.children()) {
      add(made, child);
    }
  }

  private void mark(Change change) {
    ExplorerNode node = byPath.get(change.path());
    if (node == null && change.kind() == ChangeKind.REMOVED) {
      node = removed(change.path(), change.entry());
    }
    if (node != null) {
      boolean stillNew = node.change == ChangeKind.ADDED && change.kind() == ChangeKind.CHANGED;
      node.change = stillNew ? ChangeKind.ADDED : change.kind();
    }
  }

  private ExplorerNode removed(String path, TarEntry entry) {
    int slash = path.lastIndexOf('/');
    String above = slash < 0 ? "" : path.substring(0, slash);
    ExplorerNode parent = byPath.get(above);
    if (parent == null) {
      parent = removed(above, TarEntry.directory(above));
      parent.change = ChangeKind.REMOVED;
    }
    ExplorerNode made = new ExplorerNode(parent, path.substring(slash + 1), entry);
    int at = 0;
    while (at < parent.children.size()
        && PathBytes.compare(parent.children.get(at).name, made.name) < 0) {
      at++;
    }
    parent.children.add(at, made);
    byPath.put(path, made);
    return made;
  }

  private void sum(ExplorerNode node) {
    node.size = node.isDirectory() || node.change == ChangeKind.REMOVED ? 0 : node.entry.size();
    for (ExplorerNode child : node.children) {
      sum(child);
      node.size += child.size;
      if (node.change == null && child.change != null && node.parent != null) {
        node.change = ChangeKind.CHANGED;
      }
    }
  }
}
