package dev.cooper.builder.context;

import dev.cooper.dockerfile.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree less what a .dockerignore file leaves out. A directory that is left out itself, but holds
 * something that is not, is part of the tree.
 */
public final class FilteredTree implements SourceTree {
  private final SourceTree tree;
  private final IgnoreFile ignore;

  private FilteredTree(SourceTree tree, IgnoreFile ignore) {
    this.tree = tree;
    this.ignore = ignore;
  }

  /** The tree as it is seen through the file; the tree itself if there is none. */
  public static SourceTree of(SourceTree tree, @Nullable IgnoreFile ignore) {
    return ignore == null ? tree : new FilteredTree(tree, ignore);
  }

  @Override
  public @Nullable SourceFile lookup(String path) throws IOException {
    SourceFile file = tree.lookup(path);
    return file == null || !includes(file) ? null : file;
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    List<SourceFile> included = new ArrayList<>();
    for (SourceFile file : tree.children(directory)) {
      if (includes(file)) {
        included.add(file);
      }
    }
    return included;
  }

  private boolean includes(SourceFile file) throws IOException {
    if (file.path().isEmpty() || !ignore.ignores(file.path(), file.isDirectory())) {
      return true;
    }
    if (!file.isDirectory() || ignore.skipsWholly(file.path())) {
      return false;
    }
    for (SourceFile child : tree.children(file)) {
      if (includes(child)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    return tree.linkTarget(link);
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    return tree.open(file);
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) throws IOException {
    return tree.attributes(file);
  }

  @Override
  public String describe(String path) {
    return tree.describe(path);
  }
}
