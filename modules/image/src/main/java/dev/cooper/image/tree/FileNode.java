package dev.cooper.image.tree;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.SparseMap;
import dev.cooper.image.layer.TarEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One name in a {@link FileTree}. Immutable once the tree is made. */
public final class FileNode {
  /** The layer of a directory that no layer lists. */
  public static final int IMPLIED = -1;

  private static final int[] NO_LAYERS = {};
  private static final FileNode[] NO_NODES = {};

  /** What several names of one file share. */
  static final class Inode {
    final LayerIndex.Entry stored;
    final int layer;
    int links;
    int key = -1;

    Inode(LayerIndex.Entry stored, int layer) {
      this.stored = stored;
      this.layer = layer;
    }
  }

  final String name;
  TarEntry entry;
  Inode inode;
  int layer;
  int[] shadowed = NO_LAYERS;
  @Nullable FileNode parent;

  /** What is in it while the tree is made, of a directory that has anything. */
  @Nullable Children growing;

  private FileNode[] children = NO_NODES;

  FileNode(@Nullable FileNode parent, String name, TarEntry entry, int layer, Inode inode) {
    this.parent = parent;
    this.name = name;
    this.entry = entry;
    this.layer = layer;
    this.inode = inode;
  }

  /** The last part of the path; empty for the root. */
  public String name() {
    return name;
  }

  /** The path from the root, without a leading slash; empty for the root. */
  public String path() {
    return entry.path();
  }

  /** The directory it is in; null for the root. */
  public @Nullable FileNode parent() {
    return parent;
  }

  /** What it is; never {@link EntryType#HARD_LINK}, a hard link is what it links to. */
  public EntryType type() {
    return entry.type();
  }

  public boolean isDirectory() {
    return entry.type() == EntryType.DIRECTORY;
  }

  public boolean isFile() {
    return entry.type() == EntryType.FILE;
  }

  public boolean isSymlink() {
    return entry.type() == EntryType.SYMLINK;
  }

  /** Its attributes, with this node's own path; of a hard link those of the file. */
  public TarEntry entry() {
    return entry;
  }

  /** The bytes of a file, holes included; 0 for all else. */
  public long size() {
    return entry.size();
  }

  /** What is in the directory, by byte order of names; empty for all else. */
  public List<FileNode> children() {
    return Collections.unmodifiableList(Arrays.asList(children));
  }

  /** What has this name in the directory; null when nothing has. */
  public @Nullable FileNode child(String wanted) {
    return Children.find(children, children.length, wanted);
  }

  /**
   * The layer that provides this name with these attributes, 0 at the bottom; {@link #IMPLIED} for
   * a directory that no layer lists, which is there since something is in it.
   */
  public int layer() {
    return layer;
  }

  /**
   * The lower layers that had something at this path, which this replaces or updates; lowest first.
   */
  public int[] shadowed() {
    return shadowed.clone();
  }

  /** The number of names that the file has; for a directory 2 and its subdirectories. */
  public int linkCount() {
    return inode.links;
  }

  /**
   * Equal for names of the same file, else different; counts up from 0 in the order of the walk.
   */
  public int inodeKey() {
    return inode.key;
  }

  /** The layer whose blob holds the contents: for a hard link the layer of the file. */
  public int contentLayer() {
    return inode.layer;
  }

  /** Where in that layer's uncompressed tar the contents begin, in bytes. */
  public long contentOffset() {
    return inode.stored.offset();
  }

  /** How stored pieces make up the contents; null when they are stored whole. */
  public @Nullable SparseMap sparse() {
    return inode.stored.sparse();
  }

  /** The path. */
  @Override
  public String toString() {
    return path();
  }

  @Nullable FileNode growingChild(String wanted) {
    return growing == null ? null : growing.get(wanted);
  }

  void grow(FileNode child) {
    if (growing == null) {
      growing = new Children();
    }
    growing.put(child);
  }

  /** Puts what has grown in order; nothing changes after it. */
  FileNode[] ripen() {
    if (growing != null) {
      children = growing.toArray();
      growing = null;
    }
    return children;
  }
}
