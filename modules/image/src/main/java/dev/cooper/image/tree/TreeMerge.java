package dev.cooper.image.tree;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.Whiteouts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays one layer after the other over a tree, by the rules of {@link FileTree}. Every entry is put
 * in once and taken away at most once, each by a few lookups, so the time is in proportion to the
 * number of entries, and the final sort.
 */
final class TreeMerge {
  private static final int LINK_LIMIT = 40;

  private final FileNode root;
  private final List<FileTree.Removal> removals = new ArrayList<>();

  /** Hard links of the current layer whose target was not there yet. */
  private final List<LayerIndex.Entry> waiting = new ArrayList<>();

  private final FileTree.Observer observer;
  private int layer;

  /** The directory of the entry before, since most entries share it. */
  private @Nullable FileNode lastParent;

  private TreeMerge(FileTree.Observer observer) {
    this.observer = observer;
    root = implied(null, "", "");
  }

  static FileTree merge(List<LayerIndex> bottomToTop, FileTree.Observer observer) {
    TreeMerge merge = new TreeMerge(observer);
    for (LayerIndex index : bottomToTop) {
      merge.lay(index);
      merge.layer++;
    }
    List<FileNode> nodes = new ArrayList<>();
    merge.ripen(nodes);
    merge.removals.sort(TreeMerge::compareRemovals);
    return new FileTree(merge.root, nodes, bottomToTop.size(), merge.removals);
  }

  private void lay(LayerIndex index) {
    List<LayerIndex.Entry> entries = index.entries();
    int size = entries.size();
    if (layer > 0) {
      for (int i = 0; i < size; i++) {
        TarEntry entry = entries.get(i).entry();
        String path = entry.path();
        if (isDeviceMark(entry)) {
          whiteOut(path);
        } else if (path.contains(Whiteouts.PREFIX)) {
          mark(path);
        }
      }
    }
    lastParent = null;
    for (int i = 0; i < size; i++) {
      add(entries.get(i));
    }
    for (LayerIndex.Entry link : waiting) {
      TarEntry entry = link.entry();
      FileNode target = at(entry.linkTarget());
      if (target == null) {
        throw corrupt(entry, "hard link to " + entry.linkTarget() + ", which is not there");
      }
      link(entry, target);
    }
    waiting.clear();
    lastParent = null;
  }

  /** Takes away from the layers below what a mark names. */
  private void mark(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (!Whiteouts.isMark(name) || isBookkeeping(path)) {
      return;
    }
    FileNode directory = slash < 0 ? root : at(path.substring(0, slash));
    if (directory == null || !directory.isDirectory()) {
      return;
    }
    if (name.equals(Whiteouts.OPAQUE)) {
      removeChildren(directory);
      return;
    }
    String hidden = name.substring(Whiteouts.PREFIX.length());
    whiteOut(slash < 0 ? hidden : path.substring(0, slash + 1) + hidden);
  }

  private void whiteOut(String path) {
    FileNode gone = at(path);
    FileNode directory = gone == null ? null : gone.parent;
    if (gone != null && directory != null && directory.growing != null) {
      directory.growing.remove(gone);
      remove(gone);
    }
  }

  /** Whether it is overlayfs's own mark, which some tools put into a layer as it is. */
  private static boolean isDeviceMark(TarEntry entry) {
    return entry.type() == EntryType.CHARACTER_DEVICE
        && entry.deviceMajor() == 0
        && entry.deviceMinor() == 0;
  }

  private void add(LayerIndex.Entry indexed) {
    TarEntry entry = indexed.entry();
    String path = entry.path();
    if (path.isEmpty()) {
      update(root, entry);
      return;
    }
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    FileNode parent = sameParent(path, slash);
    if (parent == null || name.startsWith(Whiteouts.METADATA_PREFIX)) {
      if (isBookkeeping(path)) {
        return;
      }
      parent = parent(entry);
    }
    if (name.startsWith(Whiteouts.PREFIX)) {
      checkMark(entry, name);
      return;
    }
    if (isDeviceMark(entry)) {
      return;
    }
    if (entry.type() == EntryType.HARD_LINK) {
      FileNode target = at(entry.linkTarget());
      if (target == null) {
        waiting.add(indexed);
      } else {
        link(entry, target);
      }
      return;
    }
    FileNode existing = parent.growingChild(name);
    if (existing != null && existing.isDirectory() && entry.isDirectory()) {
      update(existing, entry);
      return;
    }
    FileNode made = put(parent, name, entry, new FileNode.Inode(indexed, layer), existing);
    observer.changed(layer, existing == null ? null : existing.entry, made.entry);
  }

  private void link(TarEntry entry, FileNode target) {
    if (target.isDirectory()) {
      throw corrupt(entry, "hard link to a directory, " + entry.linkTarget());
    }
    FileNode parent = parent(entry);
    String name = entry.name();
    FileNode existing = parent.growingChild(name);
    if (existing == target) {
      return;
    }
    put(parent, name, target.entry, target.inode, existing);
    observer.changed(layer, existing == null ? null : existing.entry, own(entry, parent, name));
  }

  private FileNode put(
      FileNode parent,
      String name,
      TarEntry entry,
      FileNode.Inode inode,
      @Nullable FileNode existing) {
    FileNode node = new FileNode(parent, name, own(entry, parent, name), layer, inode);
    if (existing != null) {
      node.shadowed = shadowedBy(existing);
      if (existing.isDirectory()) {
        removeChildren(existing);
        lastParent = null;
      }
    }
    parent.grow(node);
    return node;
  }

  /** The entry with its path in the tree, which links above it may have changed. */
  private static TarEntry own(TarEntry entry, FileNode parent, String name) {
    String path = entry.path();
    String directory = parent.path();
    int length = directory.isEmpty() ? 0 : directory.length() + 1;
    boolean same =
        path.length() == length + name.length()
            && path.startsWith(directory)
            && path.endsWith(name);
    return same ? entry : entry.withPath(directory.isEmpty() ? name : directory + "/" + name);
  }

  /** A directory listed again: new attributes, same contents. */
  private void update(FileNode directory, TarEntry entry) {
    if (entry.type() != EntryType.DIRECTORY) {
      throw corrupt(entry, "the root is not a directory");
    }
    directory.shadowed = shadowedBy(directory);
    TarEntry before = directory.entry;
    directory.entry =
        entry.path().equals(directory.path()) ? entry : entry.withPath(directory.path());
    directory.layer = layer;
    observer.changed(layer, before, directory.entry);
  }

  /** What hides the node shadows: all that the node does, and the node's own layer. */
  private int[] shadowedBy(FileNode hidden) {
    if (hidden.layer == layer || hidden.layer == FileNode.IMPLIED) {
      return hidden.shadowed;
    }
    int[] shadowed = Arrays.copyOf(hidden.shadowed, hidden.shadowed.length + 1);
    shadowed[shadowed.length - 1] = hidden.layer;
    return shadowed;
  }

  /** The directory that the entry is in, made where it is not there. */
  private FileNode parent(TarEntry entry) {
    String path = entry.path();
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return root;
    }
    FileNode same = sameParent(path, slash);
    if (same != null) {
      return same;
    }
    FileNode directory = root;
    int links = 0;
    String rest = path.substring(0, slash);
    while (!rest.isEmpty()) {
      int end = rest.indexOf('/');
      String part = end < 0 ? rest : rest.substring(0, end);
      rest = end < 0 ? "" : rest.substring(end + 1);
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        directory = directory.parent == null ? root : directory.parent;
        continue;
      }
      FileNode child = directory.growingChild(part);
      if (child != null && child.isSymlink() && child.layer == layer) {
        if (++links > LINK_LIMIT) {
          throw corrupt(entry, "too many symbolic links above it");
        }
        String target = child.entry.linkTarget();
        directory = target.startsWith("/") ? root : directory;
        rest = rest.isEmpty() ? target : target + "/" + rest;
        continue;
      }
      directory = child != null && child.isDirectory() ? child : imply(directory, part, child);
    }
    lastParent = links == 0 ? directory : null;
    return directory;
  }

  /** The directory of the entry before, if this path is in it too. */
  private @Nullable FileNode sameParent(String path, int slash) {
    FileNode last = lastParent;
    return last != null && last.path().length() == slash && path.startsWith(last.path())
        ? last
        : null;
  }

  private FileNode imply(FileNode parent, String name, @Nullable FileNode existing) {
    if (existing != null && existing.layer == layer) {
      throw corrupt(existing.entry, "other entries of its layer are in it, but it is no directory");
    }
    String path = parent.path().isEmpty() ? name : parent.path() + "/" + name;
    FileNode made = implied(parent, name, path);
    if (existing != null) {
      made.shadowed = shadowedBy(existing);
    }
    parent.grow(made);
    observer.changed(layer, existing == null ? null : existing.entry, made.entry);
    return made;
  }

  private static FileNode implied(@Nullable FileNode parent, String name, String path) {
    TarEntry entry = TarEntry.directory(path);
    FileNode.Inode inode =
        new FileNode.Inode(new LayerIndex.Entry(entry, 0, null), FileNode.IMPLIED);
    return new FileNode(parent, name, entry, FileNode.IMPLIED, inode);
  }

  /** What is at a clean path now, no link followed. */
  private @Nullable FileNode at(String path) {
    FileNode node = root;
    int start = 0;
    while (node != null) {
      int slash = path.indexOf('/', start);
      node = node.growingChild(path.substring(start, slash < 0 ? path.length() : slash));
      if (slash < 0) {
        return node;
      }
      start = slash + 1;
    }
    return null;
  }

  private void removeChildren(FileNode directory) {
    if (directory.growing != null) {
      for (FileNode child : directory.growing.toArray()) {
        remove(child);
      }
      directory.growing = null;
    }
  }

  /** Records a node, and what is in it, as gone. */
  private void remove(FileNode gone) {
    List<FileNode> left = new ArrayList<>();
    left.add(gone);
    while (!left.isEmpty()) {
      FileNode node = left.removeLast();
      observer.changed(layer, node.entry, null);
      if (node.layer != FileNode.IMPLIED && node.layer != layer) {
        removals.add(new FileTree.Removal(node.path(), node.entry, node.layer, layer));
      }
      if (node.growing != null) {
        Collections.addAll(left, node.growing.toArray());
      }
    }
  }

  /** Whether a part of the path, other than an opaque mark at its end, is AUFS's own. */
  private static boolean isBookkeeping(String path) {
    int at = path.indexOf(Whiteouts.METADATA_PREFIX);
    while (at > 0 && path.charAt(at - 1) != '/') {
      at = path.indexOf(Whiteouts.METADATA_PREFIX, at + 1);
    }
    return at >= 0
        && !(path.startsWith(Whiteouts.OPAQUE, at)
            && path.length() == at + Whiteouts.OPAQUE.length());
  }

  private void checkMark(TarEntry entry, String name) {
    String hidden = name.substring(Whiteouts.PREFIX.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw corrupt(entry, "whiteout of no name");
    }
  }

  /** Sorts every directory, numbers the inodes and counts their links. */
  private void ripen(List<FileNode> nodes) {
    List<FileNode> left = new ArrayList<>();
    left.add(root);
    int keys = 0;
    while (!left.isEmpty()) {
      FileNode node = left.removeLast();
      nodes.add(node);
      if (node.inode.key < 0) {
        node.inode.key = keys++;
      }
      node.inode.links += node.isDirectory() ? 2 : 1;
      if (node.isDirectory() && node.parent != null) {
        node.parent.inode.links++;
      }
      FileNode[] children = node.ripen();
      for (int i = children.length - 1; i >= 0; i--) {
        left.add(children[i]);
      }
    }
  }

  private static int compareRemovals(FileTree.Removal a, FileTree.Removal b) {
    int byPath = PathBytes.compare(a.path(), b.path());
    return byPath != 0 ? byPath : Integer.compare(a.layer(), b.layer());
  }

  private CooperException corrupt(TarEntry entry, String what) {
    return new CooperException.Corrupt("layer " + layer + ": " + entry.path() + ": " + what);
  }
}
