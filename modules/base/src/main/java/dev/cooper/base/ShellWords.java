package dev.cooper.base;

import dev.cooper.image.layer.PathBytes;
import java.util.List;

/** Words as they would be typed into a shell. */
public final class ShellWords {
  private static final String SAFE = "_-./:=@%+,";

  private ShellWords() {}

  /**
   * The words with a blank between them, each quoted where a shell would take it otherwise. The
   * line has no control character but tabs, and nothing that a terminal or a reader of lines would
   * take for more than a name: a word that holds one is written {@code $'…'}, as bash, zsh, ksh and
   * POSIX.1-2024 read it.
   */
  public static String join(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(isSafe(word) ? word : isOneLine(word) ? quoted(word) : escaped(word));
    }
    return line.toString();
  }

  /** The text as it is, unless it would not stay on its line: then as {@link #join} writes it. */
  public static String oneLine(String text) {
    return isOneLine(text) ? text : escaped(text);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String escaped(String word) {
    StringBuilder text = new StringBuilder("$'");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (c == '\'' || c == '\\') {
        text.append('\\').append(c);
      } else if (isControl(word, i)) {
        for (byte b : PathBytes.encode(String.valueOf(c))) {
          text.append('\\');
          text.append((char) ('0' + (b >> 6 & 3)));
          text.append((char) ('0' + (b >> 3 & 7)));
          text.append((char) ('0' + (b & 7)));
        }
      } else {
        text.append(c);
      }
    }
    return text.append('\'').toString();
  }

  private static boolean isOneLine(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (isControl(word, i)) {
        return false;
      }
    }
    return true;
  }

  /** Also marks that turn the direction of text, ends of lines, and bytes that are no UTF-8. */
  private static boolean isControl(String word, int i) {
    char c = word.charAt(i);
    if (c < 0x7f) {
      return c < ' ' && c != '\t';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SURROGATE ->
          Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(word.charAt(i - 1)));
      default -> false;
    };
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
