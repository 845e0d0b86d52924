package dev.cooper.dockerfile;

/** Variable expansion as Dockerfiles have it. */
final class Expansion {
  private Expansion() {}

  static String word(Word word, Variables variables) {
    throw new UnsupportedOperationException();
  }
}
