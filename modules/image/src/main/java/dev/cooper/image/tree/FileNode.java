package dev.cooper.image.tree;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.SparseMap;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One name in a {@link FileTree}. */
public final class FileNode {
  private FileNode() {}

  /** The last part of the path; empty for the root. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The path from the root, without a leading slash; empty for the root. */
  public String path() {
    throw new UnsupportedOperationException();
  }

  /** The directory it is in; null for the root. */
  public @Nullable FileNode parent() {
    throw new UnsupportedOperationException();
  }

  /** What it is; never {@link EntryType#HARD_LINK}, a hard link is what it links to. */
  public EntryType type() {
    throw new UnsupportedOperationException();
  }

  /** Its attributes, with this node's own path; of a hard link those of the file. */
  public TarEntry entry() {
    throw new UnsupportedOperationException();
  }

  /** What is in the directory, by byte order of names; empty for all else. */
  public List<FileNode> children() {
    throw new UnsupportedOperationException();
  }

  /** What has this name in the directory; null when nothing has. */
  public @Nullable FileNode child(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * The layer that provides this name with these attributes; -1 for a directory that only its
   * children imply.
   */
  public int layer() {
    throw new UnsupportedOperationException();
  }

  /**
   * The lower layers that had something at this path, which this hides or updates; lowest first.
   */
  public int[] shadowed() {
    throw new UnsupportedOperationException();
  }

  /** The number of names that the file has; for a directory 2 and its subdirectories. */
  public int linkCount() {
    throw new UnsupportedOperationException();
  }

  /** Equal for names of the same file, else different. */
  public int inodeKey() {
    throw new UnsupportedOperationException();
  }

  /** The layer whose blob holds the contents: for a hard link the layer of the file. */
  public int contentLayer() {
    throw new UnsupportedOperationException();
  }

  /** Where in that layer's uncompressed tar the contents begin. */
  public long contentOffset() {
    throw new UnsupportedOperationException();
  }

  /** How stored pieces make up the contents; null when they are stored whole. */
  public @Nullable SparseMap sparse() {
    throw new UnsupportedOperationException();
  }
}
