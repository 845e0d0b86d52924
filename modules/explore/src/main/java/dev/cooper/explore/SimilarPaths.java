package dev.cooper.explore;

import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Paths that may have been meant by one that is not there. */
final class SimilarPaths {
  private static final int MOST = 5;

  private SimilarPaths() {}

  private record Near(String path, int distance) {}

  /**
   * The nearest names in the same folder, then the same name elsewhere.
   *
   * @param path without a leading slash
   * @return with leading slashes; a few at most
   */
  static List<String> of(FileTree tree, String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    Set<String> found = new LinkedHashSet<>();
    FileNode folder = tree.resolve(path.substring(0, Math.max(slash, 0)));
    if (folder != null && folder.isDirectory()) {
      List<Near> near = new ArrayList<>();
      for (FileNode child : folder.children()) {
        int distance = distance(name, child.name());
        if (distance <= Math.max(1, name.length() / 4)) {
          near.add(new Near("/" + child.path(), distance));
        }
      }
      near.sort(Comparator.comparingInt(Near::distance));
      near.forEach(each -> found.add(each.path()));
    }
    if (!name.isEmpty()) {
      for (FileNode node : tree.walk()) {
        if (node.name().equals(name) && !node.path().equals(path)) {
          found.add("/" + node.path());
          if (found.size() >= MOST) {
            break;
          }
        }
      }
    }
    return found.stream().limit(MOST).toList();
  }

  /** How many letters have to be changed, put in or left out; upper and lower case are alike. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
