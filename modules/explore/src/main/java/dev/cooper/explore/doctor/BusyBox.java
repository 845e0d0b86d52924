package dev.cooper.explore.doctor;

import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;

/** BusyBox under any of its names, which may be links of either kind. */
final class BusyBox {
  private BusyBox() {}

  /**
   * Whether a file is BusyBox: one of its names begins so ({@code busybox}, {@code
   * busybox.static}). Many names alone do not tell: git has more than a hundred.
   *
   * @param file with symbolic links followed
   */
  static boolean is(FileTree tree, FileNode file) {
    if (isNamed(file)) {
      return true;
    }
    if (file.linkCount() > 1) {
      for (FileNode other : tree.walk()) {
        if (other.isFile() && other.inodeKey() == file.inodeKey() && isNamed(other)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNamed(FileNode file) {
    return file.name().startsWith("busybox");
  }
}
