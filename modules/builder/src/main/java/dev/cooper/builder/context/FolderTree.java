package dev.cooper.builder.context;

import dev.cooper.dockerfile.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the host less what its .dockerignore leaves out. A directory that is left out itself,
 * but holds something that is not, is part of the tree.
 */
public final class FolderTree implements SourceTree {
  private final HostFolder folder;
  private final @Nullable IgnoreFile ignore;

  /**
   * @param ignore null to leave out nothing
   */
  public FolderTree(Path root, @Nullable IgnoreFile ignore) {
    this.folder = HostFolder.of(root);
    this.ignore = ignore;
  }

  @Override
  public @Nullable SourceFile lookup(String path) throws IOException {
    SourceFile file = folder.status(path);
    return file == null || !includes(file) ? null : file;
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    List<SourceFile> all = folder.list(directory.path());
    if (ignore == null) {
      return all;
    }
    List<SourceFile> included = new ArrayList<>(all.size());
    for (SourceFile file : all) {
      if (includes(file)) {
        included.add(file);
      }
    }
    return included;
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    return folder.linkTarget(link.path());
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    return folder.open(file.path());
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) throws IOException {
    // Only what can be executed has capabilities: the rest need not be asked, one call a file.
    return file.isRegular() && (file.mode() & 0111) != 0
        ? folder.attributes(file.path())
        : Map.of();
  }

  private boolean includes(SourceFile file) throws IOException {
    if (ignore == null
        || file.path().isEmpty()
        || !ignore.ignores(file.path(), file.isDirectory())) {
      return true;
    }
    if (!file.isDirectory() || ignore.skipsWholly(file.path())) {
      return false;
    }
    for (SourceFile child : folder.list(file.path())) {
      if (includes(child)) {
        return true;
      }
    }
    return false;
  }
}
