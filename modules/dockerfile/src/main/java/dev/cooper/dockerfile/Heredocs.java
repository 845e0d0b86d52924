package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the here-documents that an instruction's line announces. */
final class Heredocs {
  private Heredocs() {}

  /** The documents of a line, in order, contents still empty. */
  static List<Heredoc> announced(String line) {
    if (!line.contains("<<")) {
      return List.of();
    }
    List<String> words;
    try {
      // Whatever the file's escape character is, the shell's counts here.
      words =
          new ShellLexer(line, '\\', Variables.NONE, ShellLexer.Mode.KEEP_QUOTES_AND_ESCAPES)
              .words();
    } catch (Malformed e) {
      return List.of(); // A line that is no shell line announces nothing.
    }
    List<Heredoc> found = new ArrayList<>();
    for (String word : words) {
      Heredoc heredoc = parse(word);
      if (heredoc != null) {
        found.add(heredoc);
      }
    }
    return found;
  }

  /** Reads {@code <<NAME}, {@code 3<<-"NAME"} and the like; null if the word is not of the form. */
  static @Nullable Heredoc parse(String word) {
    int position = 0;
    while (position < word.length() && isDigit(word.charAt(position))) {
      position++;
    }
    String number = word.substring(0, position);
    if (!word.startsWith("<<", position)) {
      return null;
    }
    position += 2;
    boolean chomp = word.startsWith("-", position);
    if (chomp) {
      position++;
    }
    while (position < word.length()
        && (Blanks.separates(word.charAt(position)) || word.charAt(position) == '\n')) {
      position++;
    }
    String rest = word.substring(position);
    if (rest.isEmpty() || rest.indexOf('<') >= 0) {
      return null;
    }
    try {
      List<String> names = words(rest, ShellLexer.Mode.KEEP_UNSET);
      if (names.size() != 1) {
        return null;
      }
      String name = names.getFirst();
      // A quote anywhere in the delimiter switches expansion off.
      List<String> quoted = words(rest, ShellLexer.Mode.KEEP_QUOTES);
      boolean expand = quoted.size() == 1 && quotes(quoted.getFirst()) == quotes(name);
      return new Heredoc(name, "", expand, chomp, descriptor(number));
    } catch (Malformed e) {
      return null;
    }
  }

  private static List<String> words(String text, ShellLexer.Mode mode) {
    return new ShellLexer(text, '\\', Variables.NONE, mode).words();
  }

  private static int quotes(String text) {
    int count = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '\'' || character == '"') {
        count++;
      }
    }
    return count;
  }

  private static int descriptor(String digits) {
    return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
