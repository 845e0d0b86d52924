package dev.cooper.image.tree;

import dev.cooper.image.layer.PathBytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory's children while its tree is made. Most archives list them in order: then they are
 * just appended, and found by halving. From the first that is out of order on, or the first that is
 * taken away, a hash table holds them, so that nothing is slow in a large directory.
 */
final class Children {
  private static final FileNode[] NONE = {};

  private FileNode[] sorted = NONE;
  private int count;
  private @Nullable Map<String, FileNode> table;

  @Nullable FileNode get(String name) {
    Map<String, FileNode> hashed = table;
    if (hashed != null) {
      return hashed.get(name);
    }
    int order = count == 0 ? 1 : PathBytes.compare(name, sorted[count - 1].name);
    if (order >= 0) {
      return order == 0 ? sorted[count - 1] : null;
    }
    return find(sorted, count, name);
  }

  /** Puts a node in, in the place of one of the same name. */
  void put(FileNode node) {
    if (table == null) {
      int order = count == 0 ? 1 : PathBytes.compare(node.name, sorted[count - 1].name);
      if (order == 0) {
        sorted[count - 1] = node;
        return;
      }
      if (order > 0) {
        if (count == sorted.length) {
          sorted = Arrays.copyOf(sorted, Math.max(4, count * 2));
        }
        sorted[count++] = node;
        return;
      }
    }
    table().put(node.name, node);
  }

  void remove(FileNode node) {
    table().remove(node.name);
  }

  /** All of them, in order. */
  FileNode[] toArray() {
    Map<String, FileNode> hashed = table;
    if (hashed == null) {
      return count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    }
    FileNode[] all = hashed.values().toArray(NONE);
    Arrays.sort(all, Children::compareNames);
    return all;
  }

  /** The node of this name among the first {@code count}, which are in order; null if none is. */
  static @Nullable FileNode find(FileNode[] nodes, int count, String name) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = PathBytes.compare(nodes[middle].name, name);
      if (order == 0) {
        return nodes[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private Map<String, FileNode> table() {
    Map<String, FileNode> hashed = table;
    if (hashed == null) {
      hashed = HashMap.newHashMap(Math.max(16, count + 1));
      for (int i = 0; i < count; i++) {
        hashed.put(sorted[i].name, sorted[i]);
      }
      table = hashed;
      sorted = NONE;
      count = 0;
    }
    return hashed;
  }

  private static int compareNames(FileNode a, FileNode b) {
    return PathBytes.compare(a.name, b.name);
  }
}
