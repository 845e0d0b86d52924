package dev.cooper.explore.terminal;

import java.util.HashSet;
import java.util.Set;

/**
 * Which folders of the explorer's tree are closed. Until somebody opens or closes one by hand, each
 * layer shows the way to what it changed, unless that is more than anybody would read.
 */
final class ExplorerFolds {
  /** With more changes than this everything begins closed. */
  private static final int READABLE = 200;

  private final Set<String> closed = new HashSet<>();
  private boolean byHand;

  /** Another tree is to be shown. */
  void show(ExplorerNode root) {
    if (!byHand) {
      closed.clear();
      close(root, changes(root) <= READABLE);
    }
  }

  boolean isClosed(String path) {
    return closed.contains(path);
  }

  /** Opens a folder; false when it was open. */
  boolean open(ExplorerNode folder) {
    byHand = true;
    return closed.remove(Explorer.path(folder));
  }

  /** Closes a folder; false when it was closed. */
  boolean close(ExplorerNode folder) {
    byHand = true;
    return closed.add(Explorer.path(folder));
  }

  /** Opens all; closes all when all were open. */
  void toggleAll(ExplorerNode root) {
    byHand = true;
    boolean allOpen = closed.isEmpty();
    closed.clear();
    if (allOpen) {
      close(root, false);
    }
  }

  private void close(ExplorerNode node, boolean onlyUnchanged) {
    for (ExplorerNode child : node.children) {
      if (child.isDirectory()) {
        if (!onlyUnchanged || child.change == null) {
          closed.add(Explorer.path(child));
        }
        close(child, onlyUnchanged);
      }
    }
  }

  private static int changes(ExplorerNode node) {
    int changes = node.change == null ? 0 : 1;
    for (ExplorerNode child : node.children) {
      changes += changes(child);
    }
    return changes;
  }
}
