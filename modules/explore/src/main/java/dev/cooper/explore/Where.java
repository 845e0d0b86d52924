package dev.cooper.explore;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which layer gives a file, as a union mount of the layers would. */
public final class Where {
  private static final int MAX_LINKS = 40;
  private static final int MAX_SIMILAR = 5;

  private final FileTree tree;
  private final List<Origin.Link> links = new ArrayList<>();

  private Where(FileTree tree) {
    this.tree = tree;
  }

  /**
   * Looks a path up. Links on the way, and at its end, are followed inside the image.
   *
   * @param path from the root, with or without a leading slash
   */
  public static Origin find(ExploredImage image, String path) {
    String asked = clean(path);
    List<Change> history = image.history(asked);
    return new Where(image.tree()).find(image, asked, history);
  }

  private Origin find(ExploredImage image, String asked, List<Change> askedHistory) {
    List<String> reached = new ArrayList<>();
    FileNode node = follow(asked, reached);
    String at = String.join("/", reached);
    List<Change> history = at.equals(asked) ? askedHistory : image.history(at);
    @Nullable TarEntry entry = node == null ? null : node.entry();
    int layer = node == null ? FileNode.IMPLIED : node.layer();
    return new Origin(
        "/" + asked,
        links,
        "/" + at,
        Optional.ofNullable(entry),
        history,
        layer == FileNode.IMPLIED ? Optional.empty() : Optional.of(layer),
        entry == null ? similar(at) : List.of());
  }

  /** Walks as a kernel does; the names gone through end up in {@code reached}. */
  private @Nullable FileNode follow(String path, List<String> reached) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    FileNode node = tree.root();
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
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
      FileNode child = node.isDirectory() ? node.child(name) : null;
      if (child == null) {
        reached.add(name);
        rest.stream().filter(part -> !part.isEmpty()).forEach(reached::add);
        return null;
      }
      if (!child.isSymlink()) {
        node = child;
        reached.add(name);
        continue;
      }
      String target = child.entry().linkTarget();
      links.add(new Origin.Link("/" + child.path(), target, child.layer()));
      if (links.size() > MAX_LINKS) {
        reached.add(name);
        return null;
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

  private List<String> similar(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    List<String> found = new ArrayList<>();
    if (!name.isEmpty()) {
      for (FileNode node : tree.walk()) {
        if (node.name().equals(name) && !node.path().equals(path)) {
          found.add("/" + node.path());
          if (found.size() == MAX_SIMILAR) {
            break;
          }
        }
      }
    }
    return found;
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
