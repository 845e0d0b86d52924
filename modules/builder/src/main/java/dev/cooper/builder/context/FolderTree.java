package dev.cooper.builder.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of the host. */
public final class FolderTree implements SourceTree {
  private final HostFolder folder;

  public FolderTree(Path root) {
    this.folder = HostFolder.of(root);
  }

  @Override
  public @Nullable SourceFile lookup(String path) throws IOException {
    return folder.status(path);
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    return folder.list(directory.path());
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
}
