package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image's files, straight from its layers. */
public final class ImageSource implements SourceTree {
  private final ImageTree image;
  private final String name;

  /**
   * @param image stays the caller's to close
   * @param name what messages call it
   */
  public ImageSource(ImageTree image, String name) {
    this.image = image;
    this.name = name;
  }

  @Override
  public @Nullable SourceFile lookup(String path) {
    FileNode node = image.tree().lookup(path);
    return node == null ? null : file(node);
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (FileNode node : node(directory).children()) {
      files.add(file(node));
    }
    return files;
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    return node(link).entry().linkTarget();
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    return image.content().open(node(file));
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) throws IOException {
    return node(file).entry().xattrs();
  }

  @Override
  public String describe(String path) {
    return "/" + path + " of " + name;
  }

  private FileNode node(SourceFile file) throws IOException {
    FileNode node = image.tree().lookup(file.path());
    if (node == null) {
      throw new FileNotFoundException(describe(file.path()));
    }
    return node;
  }

  private static SourceFile file(FileNode node) {
    TarEntry entry = node.entry();
    EntryType type = node.type();
    return new SourceFile(
        node.path(),
        type,
        entry.mode(),
        entry.uid(),
        entry.gid(),
        type == EntryType.FILE ? entry.size() : 0,
        entry.modified(),
        entry.modified(),
        node.inodeKey(),
        0,
        node.linkCount(),
        entry.deviceMajor(),
        entry.deviceMinor());
  }
}
