package dev.cooper.dockerfile;

import java.util.List;

/**
 * Variable expansion as Dockerfiles have it: {@code $name}, {@code ${name}}, and {@code ${name}}
 * with {@code :- - :+ + :? ? # ## % %% / //}; quotes and escapes are taken off.
 */
public final class Expansion {
  private Expansion() {}

  /**
   * Expands text to one word.
   *
   * @param escape a backslash or a backtick
   * @throws DockerfileException if it is malformed or asks for a required variable that is not set;
   *     the problem is on line 1
   */
  public static String word(String text, char escape, Variables variables) {
    return word(new Word(text, Word.Kind.EXPANDED, escape, SourceRange.line(1)), variables);
  }

  /** Expands text and splits it at unquoted white space: none, one or several words. */
  public static List<String> words(String text, char escape, Variables variables) {
    return words(new Word(text, Word.Kind.EXPANDED, escape, SourceRange.line(1)), variables);
  }

  static String word(Word word, Variables variables) {
    String text = word.text();
    if (isPlain(text, word.escape())) {
      return text;
    }
    try {
      return expand(word, variables);
    } catch (Malformed e) {
      throw new DockerfileException(e.at(word.range()));
    }
  }

  static List<String> words(Word word, Variables variables) {
    try {
      return new ShellLexer(word.text(), word.escape(), variables, ShellLexer.Mode.PLAIN).words();
    } catch (Malformed e) {
      throw new DockerfileException(e.at(word.range()));
    }
  }

  /**
   * @throws Malformed if it is malformed
   */
  static String expand(Word word, Variables variables) {
    // The body of a heredoc has a backslash for escape whatever the file has.
    return switch (word.kind()) {
      case LITERAL -> word.text();
      case EXPANDED ->
          new ShellLexer(word.text(), word.escape(), variables, ShellLexer.Mode.PLAIN).word();
      case EXPANDED_RAW ->
          new ShellLexer(word.text(), '\\', variables, ShellLexer.Mode.QUOTES_AS_TEXT).word();
    };
  }

  /** Whether there is nothing to expand. */
  private static boolean isPlain(String text, char escape) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '$'
          || character == '\''
          || character == '"'
          || character == '\\'
          || character == escape) {
        return false;
      }
    }
    return true;
  }
}
