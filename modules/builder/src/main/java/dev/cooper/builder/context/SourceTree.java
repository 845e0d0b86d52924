package dev.cooper.builder.context;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree of files to copy from. Safe for use by several threads at once. */
public interface SourceTree {

  /** What has exactly this path, no link followed; the empty path is the root. Null if nothing. */
  @Nullable SourceFile lookup(String path) throws IOException;

  /** What is in a directory, by byte order of names. */
  List<SourceFile> children(SourceFile directory) throws IOException;

  /** The target of a symbolic link, as written. */
  String linkTarget(SourceFile link) throws IOException;

  /** A regular file's bytes. The caller closes it. */
  InputStream open(SourceFile file) throws IOException;

  /** The extended attributes that are copied along with a file. */
  Map<String, byte[]> attributes(SourceFile file) throws IOException;

  /** What messages call a path of this tree, for people. */
  default String describe(String path) {
    return path.isEmpty() ? "." : path;
  }
}
