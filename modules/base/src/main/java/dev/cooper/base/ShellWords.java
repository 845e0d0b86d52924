package dev.cooper.base;

import java.util.List;

/** Words as they would be typed into a shell. */
public final class ShellWords {
  private static final String SAFE = "_-./:=@%+,";

  private ShellWords() {}

  /** The words with a blank between them, each quoted where a shell would take it otherwise. */
  public static String join(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(isSafe(word) ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }

  private static boolean isSafe(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isLetterOrDigit(c) && SAFE.indexOf(c) < 0) {
        return false;
      }
    }
    return !word.isEmpty();
  }
}
