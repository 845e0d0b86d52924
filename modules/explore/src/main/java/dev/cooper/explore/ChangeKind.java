package dev.cooper.explore;

/** What a layer did to a path. */
public enum ChangeKind {
  /** Nothing was there before. */
  ADDED("added", 'A', '+'),
  /** Something was there, and was replaced, or only its attributes were. */
  CHANGED("changed", 'C', '~'),
  /** What was there is gone. */
  REMOVED("removed", 'D', 'x');

  private final String word;
  private final char letter;
  private final char sign;

  ChangeKind(String word, char letter, char sign) {
    this.word = word;
    this.letter = letter;
    this.sign = sign;
  }

  /** As shown to people and in JSON. */
  public String word() {
    return word;
  }

  /** As the explorer marks it: {@code +}, {@code ~} or {@code x}. */
  public char sign() {
    return sign;
  }

  /** As {@code docker diff} shows it: A, C or D. */
  public char letter() {
    return letter;
  }
}
