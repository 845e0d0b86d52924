package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of characters in brackets.
 *
 * @param negated whether it is all but the listed ones
 * @param ranges pairs of first and last character
 * @param end the index behind the closing bracket
 */
record CharacterClass(boolean negated, List<int[]> ranges, int end) {

  /**
   * @param start the index behind the opening bracket
   * @param pattern the whole pattern, for messages
   * @throws Malformed if the set is not closed, empty, or has a range that runs backwards
   */
  static CharacterClass parse(int[] text, int start, String pattern) {
    int index = start;
    boolean negated = index < text.length && text[index] == '^';
    if (negated) {
      index++;
    }
    List<int[]> ranges = new ArrayList<>();
    while (true) {
      if (index < text.length && text[index] == ']' && !ranges.isEmpty()) {
        return new CharacterClass(negated, ranges, index + 1);
      }
      int first = character(text, index, pattern);
      index += text[index] == '\\' ? 2 : 1;
      int last = first;
      if (index < text.length && text[index] == '-') {
        last = character(text, index + 1, pattern);
        index += text[index + 1] == '\\' ? 3 : 2;
      }
      if (last < first) {
        throw bad(pattern);
      }
      ranges.add(new int[] {first, last});
    }
  }

  private static int character(int[] text, int index, String pattern) {
    int at = index < text.length && text[index] == '\\' ? index + 1 : index;
    if (at >= text.length || (at == index && (text[at] == '-' || text[at] == ']'))) {
      throw bad(pattern);
    }
    return text[at];
  }

  static Malformed bad(String pattern) {
    return new Malformed("syntax error in pattern " + Quoted.of(pattern), pattern);
  }

  boolean has(int character) {
    for (int[] range : ranges) {
      if (character >= range[0] && character <= range[1]) {
        return !negated;
      }
    }
    return negated;
  }
}
