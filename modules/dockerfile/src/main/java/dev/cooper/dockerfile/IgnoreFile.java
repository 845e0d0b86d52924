package dev.cooper.dockerfile;

/** A .dockerignore file: which paths of a context are left out. */
public final class IgnoreFile {
  private IgnoreFile() {}

  /**
   * Reads the text of a .dockerignore file.
   *
   * @throws DockerfileException if a pattern is malformed
   */
  public static IgnoreFile parse(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether a path is left out.
   *
   * @param path relative to the context's root, separated by slashes, clean
   */
  public boolean ignores(String path, boolean isDirectory) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether a directory can be skipped with all that is in it: it is left out, and no {@code !}
   * pattern can bring back anything beneath.
   */
  public boolean skipsWholly(String directory) {
    throw new UnsupportedOperationException();
  }
}
