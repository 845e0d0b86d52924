package dev.cooper.builder.context;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two trees as one, the second in a directory of the first that has a name of its own. It lets one
 * COPY take files from the context and from here-documents.
 */
public final class JoinedTrees implements SourceTree {
  private final SourceTree first;
  private final SourceTree second;
  private final String prefix;

  /**
   * @param directory where the second tree is; a name that the first does not have
   */
  public JoinedTrees(SourceTree first, SourceTree second, String directory) {
    this.first = first;
    this.second = second;
    this.prefix = directory + "/";
  }

  private boolean isSecond(String path) {
    return path.startsWith(prefix);
  }

  private SourceFile inner(SourceFile file) {
    return moved(file, file.path().substring(prefix.length()));
  }

  private SourceFile outer(SourceFile file) {
    return moved(file, prefix + file.path());
  }

  private static SourceFile moved(SourceFile file, String path) {
    return new SourceFile(
        path,
        file.type(),
        file.mode(),
        file.uid(),
        file.gid(),
        file.size(),
        file.modified(),
        file.changed(),
        file.inode(),
        file.device(),
        file.links(),
        file.deviceMajor(),
        file.deviceMinor());
  }

  @Override
  public @Nullable SourceFile lookup(String path) throws IOException {
    if ((path + "/").equals(prefix)) {
      SourceFile root = second.lookup("");
      return root == null ? null : moved(root, path);
    }
    if (!isSecond(path)) {
      SourceFile file = first.lookup(path);
      // A tree without any files has no root; there has to be one for the second to be in.
      return file == null && path.isEmpty() ? second.lookup("") : file;
    }
    SourceFile file = second.lookup(path.substring(prefix.length()));
    return file == null ? null : outer(file);
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    String path = directory.path() + "/";
    if (!isSecond(path)) {
      return first.children(directory);
    }
    String inside = path.equals(prefix) ? "" : directory.path().substring(prefix.length());
    return second.children(moved(directory, inside)).stream().map(this::outer).toList();
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    return isSecond(link.path()) ? second.linkTarget(inner(link)) : first.linkTarget(link);
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    return isSecond(file.path()) ? second.open(inner(file)) : first.open(file);
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) throws IOException {
    return isSecond(file.path()) ? second.attributes(inner(file)) : first.attributes(file);
  }

  @Override
  public String describe(String path) {
    return isSecond(path) ? second.describe(path.substring(prefix.length())) : first.describe(path);
  }
}
