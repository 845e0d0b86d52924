package dev.cooper.dockerfile;

/** Finds what is wrong with a word whatever its variables are. */
final class WordCheck {
  private WordCheck() {}

  /**
   * @throws Malformed if the word cannot be expanded even if every variable is set
   */
  static void check(Word word) {
    if (word.text().indexOf('$') >= 0
        || word.text().indexOf('\'') >= 0
        || word.text().indexOf('"') >= 0) {
      Expansion.expand(word, name -> "x");
    }
  }
}
