package dev.cooper.dockerfile;

/**
 * A piece of an instruction that may name variables.
 *
 * @param text as written, or the final text if it is {@link Kind#LITERAL}
 * @param kind how it is expanded
 * @param escape the escape character of the file, a backslash or a backtick
 * @param range the lines of the instruction that it belongs to
 */
public record Word(String text, Kind kind, char escape, SourceRange range) {

  /** How a word is turned into its value. */
  public enum Kind {
    /** The text is the value. */
    LITERAL,
    /** Variables are replaced, quotes and escapes removed. */
    EXPANDED,
    /** Variables are replaced, quotes kept: the body of a heredoc. */
    EXPANDED_RAW
  }

  /** A word that is its own value. */
  public static Word literal(String text, SourceRange range) {
    return new Word(text, Kind.LITERAL, '\\', range);
  }

  /**
   * The word's value.
   *
   * @throws DockerfileException if it is malformed ({@code ${}), or asks for a variable that is
   *     required but not set ({@code ${name:?message}})
   */
  public String resolve(Variables variables) {
    return kind == Kind.LITERAL ? text : Expansion.word(this, variables);
  }

  /** The same word with its value settled. */
  public Word resolved(Variables variables) {
    return kind == Kind.LITERAL ? this : new Word(resolve(variables), Kind.LITERAL, escape, range);
  }

  @Override
  public String toString() {
    return text;
  }
}
