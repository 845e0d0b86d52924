package dev.cooper.builder.context;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what paths and patterns mean in a source tree. No link leads out of the tree. */
public final class SourcePaths {
  /** As many links as the kernel follows. */
  private static final int LINKS = 40;

  private static final String ANY_DEPTH = "**";

  private SourcePaths() {}

  /**
   * What a path leads to, all links followed as if the tree's root were {@code /}. Null if that is
   * nothing, or links lead in a circle.
   */
  public static @Nullable SourceFile resolve(SourceTree tree, String path) throws IOException {
    Deque<String> rest = new ArrayDeque<>(parts(path));
    Deque<SourceFile> trail = new ArrayDeque<>();
    SourceFile root = tree.lookup("");
    if (root == null) {
      return null;
    }
    trail.push(root);
    int links = 0;
    while (!rest.isEmpty()) {
      String part = rest.pop();
      if (part.equals("..")) {
        if (trail.size() > 1) {
          trail.pop();
        }
        continue;
      }
      SourceFile at = trail.element();
      if (!at.isDirectory()) {
        return null;
      }
      SourceFile next = tree.lookup(at.path().isEmpty() ? part : at.path() + "/" + part);
      if (next == null) {
        return null;
      }
      if (!next.isLink()) {
        trail.push(next);
        continue;
      }
      if (++links > LINKS) {
        return null;
      }
      String target = tree.linkTarget(next);
      if (target.startsWith("/")) {
        trail.clear();
        trail.push(root);
      }
      List<String> targetParts = parts(target);
      for (int i = targetParts.size() - 1; i >= 0; i--) {
        rest.push(targetParts.get(i));
      }
    }
    return trail.element();
  }

  /** Whether a path has a character that makes it a pattern. */
  public static boolean isPattern(String path) {
    return GlobPattern.isPattern(path);
  }

  /** A path that is no pattern, with the backslashes gone that kept it from being one. */
  public static String unescape(String path) {
    return GlobPattern.unescape(path);
  }

  /**
   * The paths that match a pattern as Go's {@code filepath.Match} has it, in the order of a walk. A
   * directory is entered only where the pattern's part for it matches.
   */
  public static List<String> matching(SourceTree tree, String pattern) throws IOException {
    return matching(tree, pattern, false);
  }

  /**
   * As {@link #matching(SourceTree, String)}.
   *
   * @param deep whether a part {@code **} stands for any number of directories, also none
   */
  public static List<String> matching(SourceTree tree, String pattern, boolean deep)
      throws IOException {
    List<GlobPattern> parts = new ArrayList<>();
    for (String part : parts(pattern)) {
      parts.add(deep && part.equals(ANY_DEPTH) ? null : GlobPattern.parse(part));
    }
    Set<String> found = new LinkedHashSet<>();
    SourceFile root = tree.lookup("");
    if (root != null && !parts.isEmpty()) {
      match(tree, root, parts, 0, found);
    }
    return List.copyOf(found);
  }

  /**
   * @param parts null for any number of directories
   */
  private static void match(
      SourceTree tree,
      SourceFile directory,
      List<@Nullable GlobPattern> parts,
      int depth,
      Set<String> found)
      throws IOException {
    GlobPattern part = parts.get(depth);
    if (part == null) {
      anyDepth(tree, directory, parts, depth, found);
      return;
    }
    boolean last = depth == parts.size() - 1;
    String literal = part.literal();
    List<SourceFile> candidates;
    if (literal == null) {
      candidates = tree.children(directory);
    } else {
      SourceFile only =
          tree.lookup(directory.path().isEmpty() ? literal : directory.path() + "/" + literal);
      candidates = only == null ? List.of() : List.of(only);
    }
    for (SourceFile file : candidates) {
      if (literal != null || part.matches(file.name())) {
        if (last) {
          found.add(file.path());
        } else if (file.isDirectory()) {
          match(tree, file, parts, depth + 1, found);
        }
      }
    }
  }

  private static void anyDepth(
      SourceTree tree,
      SourceFile directory,
      List<@Nullable GlobPattern> parts,
      int depth,
      Set<String> found)
      throws IOException {
    boolean last = depth == parts.size() - 1;
    if (!last) {
      match(tree, directory, parts, depth + 1, found);
    }
    for (SourceFile file : tree.children(directory)) {
      if (last) {
        found.add(file.path());
      } else if (file.isDirectory()) {
        anyDepth(tree, file, parts, depth, found);
      }
    }
  }

  /** The parts of a path, without empty ones and {@code .}; {@code ..} stays. */
  static List<String> parts(String path) {
    List<String> parts = new ArrayList<>(Arrays.asList(path.split("/")));
    parts.removeIf(part -> part.isEmpty() || part.equals("."));
    return parts;
  }
}
