package dev.cooper.disk;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.PathBytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks paths through a tree as a kernel whose root it is would: links never lead out of it. */
final class PathWalk {
  private static final int MOST_LINKS = 40;

  private final Node.Directory root;

  PathWalk(Node.Directory root) {
    this.root = root;
  }

  /** The directory at a path; what is missing of it is made. */
  Node.Directory directory(String path) {
    Deque<Node.Directory> above = new ArrayDeque<>();
    Deque<String> rest = new ArrayDeque<>(parts(path));
    Node.Directory at = root;
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.equals("..")) {
        at = above.isEmpty() ? root : above.pop();
        continue;
      }
      byte[] key = PathBytes.encode(name);
      Node next = at.entry(key);
      if (next == null) {
        next = new Node.Directory(Node.Attributes.ofRoot(0755, root.attributes().seconds()));
        at.put(key, next);
      }
      if (next instanceof Node.Directory directory) {
        above.push(at);
        at = directory;
      } else if (next instanceof Node.SymbolicLink link && ++links <= MOST_LINKS) {
        String target = PathBytes.decode(link.target());
        if (target.startsWith("/")) {
          above.clear();
          at = root;
        }
        parts(target).reversed().forEach(rest::push);
      } else {
        throw new CooperException.InvalidInput(
            "/" + path + ": \"" + name + "\" in the image is not a directory");
      }
    }
    return at;
  }

  /** What is at a path, links followed; null when nothing is, or the links go in a circle. */
  @Nullable Node resolve(String path) {
    Deque<Node.Directory> above = new ArrayDeque<>();
    Deque<String> rest = new ArrayDeque<>(parts(path));
    Node at = root;
    int links = 0;
    while (!rest.isEmpty()) {
      if (!(at instanceof Node.Directory directory)) {
        return null;
      }
      String name = rest.pop();
      if (name.equals("..")) {
        at = above.isEmpty() ? root : above.pop();
        continue;
      }
      Node next = directory.entry(PathBytes.encode(name));
      if (next instanceof Node.SymbolicLink link) {
        if (++links > MOST_LINKS) {
          return null;
        }
        String target = PathBytes.decode(link.target());
        if (target.startsWith("/")) {
          above.clear();
          at = root;
        }
        parts(target).reversed().forEach(rest::push);
      } else if (next == null) {
        return null;
      } else {
        above.push(directory);
        at = next;
      }
    }
    return at;
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
