package dev.cooper.image.tree;

import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merged view of a stack of layers: what a container would see. Immutable.
 *
 * <p>The rules (image-spec, layer.md; the kernel's overlayfs shows the same):
 *
 * <ul>
 *   <li>A whiteout takes away what the layers below have at its path, with all that is in it; an
 *       opaque mark all that they have in its directory. Marks act before their own layer's
 *       entries, wherever they stand in it, and so never hide those. A character device 0/0,
 *       overlayfs's own whiteout, is one too.
 *   <li>A directory over a directory changes its attributes and keeps its contents. Anything else
 *       replaces what was there.
 *   <li>What is above an entry or a mark is a directory: one that nobody lists is made, owned by
 *       root, mode 0755. It replaces a file or link of a lower layer; but a symbolic link of the
 *       same layer is followed, inside the tree.
 *   <li>Of two entries at one path in one layer the later counts.
 *   <li>A hard link is another name of the file that its target is when it comes, in its own layer
 *       or below; where the target comes later in its layer, of that. A link to nothing or to a
 *       directory makes the layer corrupt.
 *   <li>AUFS's bookkeeping, names that begin {@code .wh..wh.}, is not there.
 * </ul>
 */
public final class FileTree {
  /** Symbolic links followed on one path, as in Linux. */
  private static final int LINK_LIMIT = 40;

  /**
   * Something that a layer above took away.
   *
   * @param path the path that is gone, or was gone until a layer put something new there
   * @param entry what it was
   * @param layer the layer that provided it
   * @param removedBy the layer that took it away, by a whiteout, an opaque mark, or something else
   *     in the place of a directory above it
   */
  public record Removal(String path, TarEntry entry, int layer, int removedBy) {}

  /**
   * Is told what happens to each path while layers are laid one over the other: bottom layer first,
   * within a layer what marks take away and then the entries in their order. A path can change
   * several times in one layer, as when a mark takes it away and an entry puts it back.
   */
  @FunctionalInterface
  public interface Observer {
    /**
     * @param layer the layer that does it, 0 at the bottom
     * @param before what was there, of a hard link the file; null when nothing was
     * @param after what the layer has there, of a hard link the link; null when it is gone
     */
    void changed(int layer, @Nullable TarEntry before, @Nullable TarEntry after);
  }

  private final FileNode root;
  private final List<FileNode> nodes;
  private final int layers;
  private final List<Removal> removals;

  FileTree(FileNode root, List<FileNode> nodes, int layers, List<Removal> removals) {
    this.root = root;
    this.nodes = Collections.unmodifiableList(nodes);
    this.layers = layers;
    this.removals = List.copyOf(removals);
  }

  /**
   * The merged view of layers, bottom first.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when a hard link has no target, or symbolic
   *     links above an entry go in circles
   */
  public static FileTree of(List<LayerIndex> bottomToTop) {
    return of(bottomToTop, (layer, before, after) -> {});
  }

  /** The same, telling an observer of every step on the way. */
  public static FileTree of(List<LayerIndex> bottomToTop, Observer observer) {
    return TreeMerge.merge(bottomToTop, observer);
  }

  /** The root directory; there always is one. */
  public FileNode root() {
    return root;
  }

  /**
   * What is at this path, no link followed, no {@code ..} understood; slashes before and after it
   * do not matter. Null when nothing is.
   */
  public @Nullable FileNode lookup(String path) {
    FileNode node = root;
    int length = path.length();
    for (int start = 0; node != null && start < length; ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? length : slash;
      if (end > start) {
        node = node.child(path.substring(start, end));
      }
      start = end + 1;
    }
    return node;
  }

  /**
   * What is at this path, symbolic links followed as a kernel with this root would, the last one
   * too; {@code ..} in the root stays there. Null when nothing is, or after 40 links.
   */
  public @Nullable FileNode resolve(String path) {
    return resolve(root, path);
  }

  /** As {@link #resolve(String)}, relative paths beginning in a directory. */
  public @Nullable FileNode resolve(FileNode directory, String path) {
    Deque<String> parts = new ArrayDeque<>();
    push(parts, path);
    FileNode at = path.startsWith("/") ? root : directory;
    int links = 0;
    while (!parts.isEmpty()) {
      String part = parts.pop();
      if (!at.isDirectory()) {
        return null;
      }
      if (part.equals("..")) {
        FileNode parent = at.parent();
        at = parent == null ? at : parent;
        continue;
      }
      FileNode child = part.equals(".") ? at : at.child(part);
      if (child == null) {
        return null;
      }
      if (!child.isSymlink()) {
        at = child;
        continue;
      }
      String target = child.entry().linkTarget();
      if (++links > LINK_LIMIT || target.isEmpty()) {
        return null;
      }
      push(parts, target);
      at = target.startsWith("/") ? root : at;
    }
    return at;
  }

  /** Every node, parents before children, siblings by byte order of their names; the root first. */
  public List<FileNode> walk() {
    return nodes;
  }

  /** The number of nodes, the root included. */
  public int size() {
    return nodes.size();
  }

  /** The number of layers. */
  public int layers() {
    return layers;
  }

  /** Everything taken away by a layer above, by path, lowest layer first. */
  public List<Removal> removals() {
    return removals;
  }

  /** Puts a path's parts before those that are left; a trailing slash asks for a directory. */
  private static void push(Deque<String> parts, String path) {
    List<String> pushed = new ArrayList<>();
    int length = path.length();
    for (int start = 0; start < length; ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? length : slash;
      if (end > start) {
        pushed.add(path.substring(start, end));
      }
      start = end + 1;
    }
    if (path.endsWith("/") && !pushed.isEmpty()) {
      pushed.add(".");
    }
    for (int i = pushed.size() - 1; i >= 0; i--) {
      parts.push(pushed.get(i));
    }
  }
}
