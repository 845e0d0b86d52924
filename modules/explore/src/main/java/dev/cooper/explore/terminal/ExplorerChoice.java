package dev.cooper.explore.terminal;

import dev.cooper.explore.ChangeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** Which paths of the explorer's tree are shown, and in what order. */
final class ExplorerChoice {
  private final ExplorerFolds folds;
  private final EnumSet<ChangeKind> hidden = EnumSet.noneOf(ChangeKind.class);
  private boolean hideUnchanged;
  private boolean bySize;
  private String filter = "";

  ExplorerChoice(ExplorerFolds folds) {
    this.folds = folds;
  }

  /** Hides what was changed in this way, or shows it again. */
  void toggle(ChangeKind kind) {
    if (!hidden.remove(kind)) {
      hidden.add(kind);
    }
  }

  /** Hides what is as it was, or shows it again. */
  void toggleUnchanged() {
    hideUnchanged = !hideUnchanged;
  }

  /** The largest first, or by name again. */
  void toggleSorting() {
    bySize = !bySize;
  }

  /** Only paths that have this text in them, whatever its case; empty for all. */
  void filterBy(String text) {
    filter = text;
  }

  String filter() {
    return filter;
  }

  /** The signs of what is hidden, in words; empty when nothing is. */
  String hiddenSigns() {
    StringBuilder signs = new StringBuilder();
    for (ChangeKind kind : hidden) {
      signs.append(signs.isEmpty() ? "" : " ").append(kind.sign());
    }
    if (hideUnchanged) {
      signs.append(signs.isEmpty() ? "" : " ").append("what is as it was");
    }
    return signs.toString();
  }

  /** The lines of a tree, from the top. */
  List<ExplorerNode> rows(ExplorerNode root) {
    List<ExplorerNode> visible = new ArrayList<>();
    String wanted = filter.toLowerCase(Locale.ROOT);
    for (ExplorerNode child : sorted(root)) {
      show(child, "", wanted, visible);
    }
    return visible;
  }

  /** Adds the lines of a node; returns whether it, or something in it, is wanted. */
  private boolean show(ExplorerNode node, String above, String wanted, List<ExplorerNode> visible) {
    if (isHidden(node)) {
      return false;
    }
    String path = above + "/" + node.name;
    int at = visible.size();
    visible.add(node);
    boolean found = wanted.isEmpty() || path.toLowerCase(Locale.ROOT).contains(wanted);
    // A filter looks into closed folders too, and shows the way to what it finds.
    if (!wanted.isEmpty() || !folds.isClosed(path)) {
      for (ExplorerNode child : sorted(node)) {
        found |= show(child, path, wanted, visible);
      }
    }
    if (!found) {
      visible.subList(at, visible.size()).clear();
    }
    return found;
  }

  /** A folder stays as long as something in it does. */
  private boolean isHidden(ExplorerNode node) {
    if (node.change == null ? !hideUnchanged : !hidden.contains(node.change)) {
      return false;
    }
    for (ExplorerNode child : node.children) {
      if (!isHidden(child)) {
        return false;
      }
    }
    return true;
  }

  private List<ExplorerNode> sorted(ExplorerNode node) {
    if (!bySize) {
      return node.children;
    }
    List<ExplorerNode> children = new ArrayList<>(node.children);
    children.sort(Comparator.comparingLong((ExplorerNode child) -> child.size).reversed());
    return children;
  }
}
