package dev.cooper.base;

/**
 * Something of a directory that is not in the image made of it.
 *
 * @param path from the directory, with a leading slash
 * @param why in words, such as {@code a host key}
 * @param remains what of it there is in the image
 */
public record LeftOut(String path, String why, Remains remains) {
  /** What an image has of something that is left out. */
  public enum Remains {
    NOTHING,
    /** The directory, empty. */
    DIRECTORY,
    /** The directory with those in it, and no files. */
    DIRECTORIES,
    /** A file of other contents. */
    FILE
  }
}
