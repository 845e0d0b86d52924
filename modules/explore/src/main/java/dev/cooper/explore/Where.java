package dev.cooper.explore;

import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.Whiteouts;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds out which layer gives a file, as a union mount of the layers would. */
public final class Where {
  private static final int MAX_LINKS = 40;
  private static final int MAX_NAMES = 5;

  private final FileTree tree;
  private final List<Origin.Link> links = new ArrayList<>();

  /** How many parts of the path, links replaced, lead to the first that is no directory. */
  private int end;

  private Where(FileTree tree) {
    this.tree = tree;
  }

  /**
   * Looks a path up. Links on the way, and at its end, are followed inside the image.
   *
   * @param path from the root, with or without a leading slash; a slash at the end asks for a
   *     directory, as for a kernel
   */
  public static Origin find(ExploredImage image, String path) {
    String asked = clean(path);
    List<Change> history = image.history(asked);
    String whole = path.endsWith("/") || path.endsWith("/.") ? asked + "/." : asked;
    return new Where(image.tree()).find(image, asked, whole, history);
  }

  private Origin find(ExploredImage image, String asked, String whole, List<Change> askedHistory) {
    List<String> reached = new ArrayList<>();
    FileNode node = follow(whole, reached);
    String at = String.join("/", reached);
    List<Change> history = at.equals(asked) ? askedHistory : image.history(at);
    TarEntry entry = node == null ? null : node.entry();
    int layer = node == null ? FileNode.IMPLIED : node.layer();
    Optional<Origin.Obstacle> obstacle = node == null ? obstacle(image, reached) : Optional.empty();
    return new Origin(
        "/" + asked,
        links,
        "/" + at,
        Optional.ofNullable(entry),
        history,
        layer == FileNode.IMPLIED ? Optional.empty() : Optional.of(layer),
        node == null || !node.isDirectory() ? Optional.empty() : emptied(image, at, history),
        node == null ? List.of() : otherNames(node),
        obstacle,
        node != null || obstacle.flatMap(Origin.Obstacle::found).isPresent()
            ? List.of()
            : SimilarPaths.of(tree, at));
  }

  /** Walks as a kernel does; the names gone through end up in {@code reached}. */
  private @Nullable FileNode follow(String path, List<String> reached) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    FileNode node = tree.root();
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty()) {
        continue;
      }
      if (!node.isDirectory()) {
        return stopped(name, rest, reached, reached.size());
      }
      if (name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        FileNode parent = node.parent();
        if (parent != null) {
          node = parent;
          reached.removeLast();
        }
        continue;
      }
      FileNode child = node.child(name);
      if (child == null) {
        return stopped(name, rest, reached, reached.size() + 1);
      }
      if (!child.isSymlink()) {
        node = child;
        reached.add(name);
        continue;
      }
      String target = child.entry().linkTarget();
      links.add(new Origin.Link("/" + child.path(), target, child.layer()));
      if (links.size() > MAX_LINKS) {
        return stopped(name, rest, reached, reached.size() + 1);
      }
      if (target.startsWith("/")) {
        node = tree.root();
        reached.clear();
      }
      String[] parts = target.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        rest.addFirst(parts[i]);
      }
    }
    return node;
  }

  private @Nullable FileNode stopped(
      String name, Deque<String> rest, List<String> reached, int parts) {
    end = parts;
    rest.addFirst(name);
    rest.stream().filter(part -> !part.isEmpty() && !part.equals(".")).forEach(reached::add);
    return null;
  }

  /** What keeps the way from going on; nothing when it is only the last part that is missing. */
  private Optional<Origin.Obstacle> obstacle(ExploredImage image, List<String> reached) {
    String path = String.join("/", reached.subList(0, Math.min(end, reached.size())));
    FileNode there = tree.lookup(path);
    if (there == null && end >= reached.size() || there != null && there.isSymlink()) {
      return Optional.empty();
    }
    return Optional.of(
        new Origin.Obstacle(
            "/" + path,
            Optional.ofNullable(there).map(FileNode::entry),
            there == null ? image.history(path) : List.of()));
  }

  /** The highest layer that took away what the layers below it have in a directory, if any has. */
  private static Optional<Integer> emptied(ExploredImage image, String path, List<Change> history) {
    Set<String> marks = marks(path);
    List<LayerIndex> indexes = image.indexes();
    Optional<Integer> emptied = Optional.empty();
    boolean anythingBelow = false;
    for (int layer = 0; layer < indexes.size(); layer++) {
      if (anythingBelow && (replaces(history, layer) || has(indexes.get(layer), marks::contains))) {
        emptied = Optional.of(layer);
        anythingBelow = false;
      }
      anythingBelow = anythingBelow || has(indexes.get(layer), entry -> isIn(path, entry));
    }
    return emptied;
  }

  /** Whether a layer removes what was at a path, or puts another kind of thing there. */
  private static boolean replaces(List<Change> history, int layer) {
    for (Change change : history) {
      TarEntry before = change.before();
      TarEntry after = change.after();
      if (change.layer() == layer
          && before != null
          && (after == null || before.isDirectory() != after.isDirectory())) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(LayerIndex index, Predicate<String> path) {
    for (LayerIndex.Entry entry : index.entries()) {
      if (path.test(entry.entry().path())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry is a directory's own, or that of something in it, and no mark. */
  private static boolean isIn(String directory, String entry) {
    return (directory.isEmpty()
            || entry.startsWith(directory)
                && (entry.length() == directory.length()
                    || entry.charAt(directory.length()) == '/'))
        && !Whiteouts.isMark(entry.substring(entry.lastIndexOf('/') + 1));
  }

  /** The entries by which a layer takes away what is in a directory, or one above it. */
  private static Set<String> marks(String path) {
    Set<String> marks = new HashSet<>();
    marks.add(TarEntry.opaque("").path());
    for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      marks.add(TarEntry.opaque(at).path());
      marks.add(TarEntry.whiteout(at).path());
    }
    return marks;
  }

  private List<String> otherNames(FileNode node) {
    List<String> names = new ArrayList<>();
    if (node.isFile() && node.linkCount() > 1) {
      for (FileNode other : tree.walk()) {
        if (other.inodeKey() == node.inodeKey() && other != node && names.size() < MAX_NAMES) {
          names.add("/" + other.path());
        }
      }
    }
    return names;
  }

  private static String clean(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
