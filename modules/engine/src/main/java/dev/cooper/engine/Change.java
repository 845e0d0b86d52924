package dev.cooper.engine;

/**
 * What a container did to a path of its image.
 *
 * @param kind what
 * @param path absolute
 */
public record Change(Kind kind, String path) {
  /** In the order and with the letters of {@code docker diff}. */
  public enum Kind {
    CHANGED('C'),
    ADDED('A'),
    DELETED('D');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    public char letter() {
      return letter;
    }
  }

  @Override
  public String toString() {
    return kind.letter() + " " + path;
  }
}
