package dev.cooper.image.tree;

import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The merged view of a stack of layers: what a container would see. Immutable. */
public final class FileTree {
  /**
   * Something that a layer above took away.
   *
   * @param path the path that is gone
   * @param entry what it was
   * @param layer the layer that provided it
   * @param removedBy the layer that took it away, by a whiteout, an opaque directory, or something
   *     else in the place of a directory above it
   */
  public record Removal(String path, TarEntry entry, int layer, int removedBy) {}

  private FileTree() {}

  /** The merged view of layers, bottom first. */
  public static FileTree of(List<LayerIndex> bottomToTop) {
    throw new UnsupportedOperationException();
  }

  /** The root directory; there always is one. */
  public FileNode root() {
    throw new UnsupportedOperationException();
  }

  /**
   * What is at this path, no link followed; a leading {@code /} is allowed. Null when nothing is.
   */
  public @Nullable FileNode lookup(String path) {
    throw new UnsupportedOperationException();
  }

  /**
   * What is at this path, symbolic links followed inside the tree as a kernel would (at most 40).
   */
  public @Nullable FileNode resolve(String path) {
    throw new UnsupportedOperationException();
  }

  /** Every node, parents before children, siblings by byte order of their names. */
  public Iterable<FileNode> walk() {
    throw new UnsupportedOperationException();
  }

  /** The number of nodes, the root included. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The number of layers. */
  public int layers() {
    throw new UnsupportedOperationException();
  }

  /** Everything taken away by a layer above, by path, lowest layer first. */
  public List<Removal> removals() {
    throw new UnsupportedOperationException();
  }
}
