package dev.cooper.image.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A layout in a folder. A blob that is there already stays; each file appears whole. */
record FolderFiles(Path root) implements ArchiveFiles {
  @Override
  public void directory(String path) throws IOException {
    Files.createDirectories(root.resolve(path));
  }

  @Override
  public void file(String path, long size, InputStream content) throws IOException {
    Path target = root.resolve(path);
    if (path.startsWith("blobs/") && Files.exists(target) && Files.size(target) == size) {
      return;
    }
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
