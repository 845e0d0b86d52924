package dev.cooper.explore;

import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Paths that may have been meant by one that is not there. */
final class SimilarPaths {
  private static final int MOST = 5;

  /** Longer names, in letters, are no slips of the finger; a kernel has none (NAME_MAX). */
  private static final int LONGEST = 255;

  /** Names that differ more are others. */
  private static final int MOST_CHANGES = 10;

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
    if (name.length() > LONGEST) {
      return List.of();
    }
    int limit = Math.clamp(name.length() / 4, 1, MOST_CHANGES);
    Set<String> found = new LinkedHashSet<>();
    FileNode folder = tree.resolve(path.substring(0, Math.max(slash, 0)));
    if (folder != null && folder.isDirectory()) {
      List<Near> near = new ArrayList<>();
      for (FileNode child : folder.children()) {
        int distance = distance(name, child.name(), limit);
        if (distance <= limit) {
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

  /**
   * How many letters have to be changed, put in or left out; upper and lower case are alike. What
   * is known to be more than {@code limit} is not counted out: the result is {@code limit + 1}.
   */
  static int distance(String one, String other, int limit) {
    if (Math.abs(one.length() - other.length()) > limit) {
      return limit + 1;
    }
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int beyond = limit + 1;
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = Math.min(j, beyond);
    }
    for (int i = 1; i <= a.length(); i++) {
      // Further from the diagonal than the limit there is nothing below it.
      int first = Math.max(1, i - limit);
      int last = Math.min(b.length(), i + limit);
      int[] row = new int[b.length() + 1];
      Arrays.fill(row, beyond);
      row[0] = Math.min(i, beyond);
      int least = row[0];
      for (int j = first; j <= last; j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int step = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
        row[j] = Math.min(step, beyond);
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return beyond;
      }
      above = row;
    }
    return above[b.length()];
  }
}
