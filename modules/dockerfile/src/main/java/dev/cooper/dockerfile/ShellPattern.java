package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of {@code ${name#pattern}} and its kin: {@code *} is any text, {@code ?} any character,
 * neither of them crossing a line end. A backslash takes the next one of {@code * ? \ } /} as it
 * is.
 */
final class ShellPattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** Characters, or one of the constants above. */
  private final int[] parts;

  private ShellPattern(int[] parts) {
    this.parts = parts;
  }

  /**
   * @throws Malformed if a backslash stands before anything else
   */
  static ShellPattern parse(String pattern) {
    int[] characters = pattern.codePoints().toArray();
    List<Integer> parts = new ArrayList<>(characters.length);
    for (int index = 0; index < characters.length; index++) {
      int character = characters[index];
      if (character == '*') {
        parts.add(ANY_TEXT);
      } else if (character == '?') {
        parts.add(ANY_CHARACTER);
      } else if (character == '\\') {
        index++;
        int escaped = index < characters.length ? characters[index] : -1;
        if (escaped < 0 || "*?\\}/".indexOf(escaped) < 0) {
          String shown = escaped < 0 ? "" : Character.toString(escaped);
          throw new Malformed(
              "invalid pattern (" + pattern + ") in substitution: invalid escape '\\" + shown + "'",
              pattern);
        }
        parts.add(escaped);
      } else {
        parts.add(character);
      }
    }
    int[] array = new int[parts.size()];
    for (int index = 0; index < array.length; index++) {
      array[index] = parts.get(index);
    }
    return new ShellPattern(array);
  }

  /** The value without the shortest or longest start that matches. */
  String trimStart(String value, boolean longest) {
    int[] characters = value.codePoints().toArray();
    int length = match(characters, 0, longest);
    return length <= 0 ? value : new String(characters, length, characters.length - length);
  }

  /** The value without the shortest or longest end that matches. */
  String trimEnd(String value, boolean longest) {
    int[] backwards = reversed(value.codePoints().toArray());
    int length = new ShellPattern(reversed(parts)).match(backwards, 0, longest);
    if (length <= 0) {
      return value;
    }
    int kept = backwards.length - length;
    return new String(reversed(backwards), 0, kept);
  }

  /** The value with the first match, or every match, replaced; each as long as can be. */
  String replace(String value, String replacement, boolean all) {
    int[] characters = value.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int lastEnd = -1;
    int position = 0;
    while (position <= characters.length) {
      int length = match(characters, position, true);
      // An empty match right behind another one is not a match of its own.
      if (length < 0 || (length == 0 && position == lastEnd)) {
        position++;
        continue;
      }
      append(out, characters, copied, position);
      out.append(replacement);
      copied = position + length;
      lastEnd = copied;
      position = Math.max(copied, length == 0 ? position + 1 : position);
      if (!all) {
        break;
      }
    }
    append(out, characters, copied, characters.length);
    return out.toString();
  }

  private static void append(StringBuilder out, int[] characters, int from, int to) {
    for (int index = from; index < to; index++) {
      out.appendCodePoint(characters[index]);
    }
  }

  /**
   * The length of the match that starts at a position, or -1 if there is none. All ways of matching
   * are followed at once, so no pattern takes long.
   */
  private int match(int[] characters, int start, boolean longest) {
    boolean[] reached = new boolean[parts.length + 1];
    reached[0] = true;
    skipStars(reached);
    int found = -1;
    for (int position = start; ; position++) {
      if (reached[parts.length]) {
        found = position - start;
        if (!longest) {
          return found;
        }
      }
      if (position == characters.length) {
        return found;
      }
      boolean[] next = new boolean[parts.length + 1];
      boolean alive = false;
      for (int part = 0; part < parts.length; part++) {
        if (!reached[part]) {
          continue;
        }
        int character = characters[position];
        if (parts[part] == ANY_TEXT) {
          if (character != '\n') {
            next[part] = true;
            alive = true;
          }
        } else if (parts[part] == character
            || (parts[part] == ANY_CHARACTER && character != '\n')) {
          next[part + 1] = true;
          alive = true;
        }
      }
      if (!alive) {
        return found;
      }
      skipStars(next);
      reached = next;
    }
  }

  private void skipStars(boolean[] reached) {
    for (int part = 0; part < parts.length; part++) {
      if (reached[part] && parts[part] == ANY_TEXT) {
        reached[part + 1] = true;
      }
    }
  }

  private static int[] reversed(int[] values) {
    int[] result = new int[values.length];
    for (int index = 0; index < values.length; index++) {
      result[index] = values[values.length - 1 - index];
    }
    return result;
  }
}
