package dev.cooper.builder.context;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree without any files. */
public final class NoFiles implements SourceTree {
  @Override
  public @Nullable SourceFile lookup(String path) {
    return null;
  }

  @Override
  public List<SourceFile> children(SourceFile directory) {
    return List.of();
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    throw new FileNotFoundException(link.path());
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    throw new FileNotFoundException(file.path());
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) {
    return Map.of();
  }
}
