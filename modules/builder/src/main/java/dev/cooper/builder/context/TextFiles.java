package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files that a Dockerfile itself holds as here-documents, in one directory. */
public final class TextFiles implements SourceTree {
  private static final int MODE = 0644;

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final Instant modified;

  /**
   * @param texts by name
   * @param modified when they were made
   */
  public TextFiles(Map<String, String> texts, Instant modified) {
    texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    this.modified = modified;
  }

  @Override
  public @Nullable SourceFile lookup(String path) {
    if (path.isEmpty()) {
      return file("", EntryType.DIRECTORY, 0755, 0);
    }
    byte[] content = files.get(path);
    return content == null ? null : file(path, EntryType.FILE, MODE, content.length);
  }

  @Override
  public List<SourceFile> children(SourceFile directory) {
    List<SourceFile> children = new ArrayList<>();
    files.forEach(
        (name, content) -> children.add(file(name, EntryType.FILE, MODE, content.length)));
    return children;
  }

  private SourceFile file(String path, EntryType type, int mode, long size) {
    return new SourceFile(path, type, mode, 0, 0, size, modified, modified, 0, 0, 1, 0, 0);
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    throw new FileNotFoundException(link.path());
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    byte[] content = files.get(file.path());
    if (content == null) {
      throw new FileNotFoundException(file.path());
    }
    return new ByteArrayInputStream(content);
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) {
    return Map.of();
  }
}
