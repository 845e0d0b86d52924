package dev.cooper.image.tree;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Where the bytes of a tree's regular files come from. Safe for use by several threads at once. */
public interface TreeContent {
  /** What is done with each file of {@link #forEachInStorageOrder}. */
  interface Visitor {
    /** The stream is valid during the call, need not be read, and need not be closed. */
    void file(FileNode file, InputStream content) throws IOException;
  }

  /**
   * A regular file's contents, holes filled in. The caller closes it.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when the layer ends early
   */
  InputStream open(FileNode file) throws IOException;

  /**
   * Reads many files in the order in which they are stored, so that each layer is passed over once,
   * whatever its compression. Of several names of one file only the first given is visited.
   *
   * @throws dev.cooper.image.CooperException.Corrupt when a layer is damaged or ends early
   */
  void forEachInStorageOrder(Collection<FileNode> files, Visitor visitor) throws IOException;
}
