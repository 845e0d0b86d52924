package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * An instruction's text taken apart.
 *
 * @param keyword as written
 * @param flags the words that start with {@code --}, quotes and escapes taken off
 * @param arguments the rest, trimmed
 */
record Statement(String keyword, List<String> flags, String arguments) {

  static Statement of(String line, char escape) {
    String text = Blanks.trim(line);
    int end = 0;
    while (end < text.length() && !Blanks.separates(text.charAt(end))) {
      end++;
    }
    String keyword = text.substring(0, end);
    List<String> flags = new ArrayList<>();
    int rest = takeFlags(text, end, escape, flags);
    return new Statement(keyword, flags, Blanks.trim(text.substring(rest)));
  }

  /** Collects flags and gives the index of what follows them; a lone {@code --} ends them. */
  private static int takeFlags(String text, int start, char escape, List<String> flags) {
    int position = start;
    while (true) {
      position = Blanks.firstNonSpace(text, position);
      if (!text.startsWith("--", position)) {
        return position;
      }
      StringBuilder flag = new StringBuilder();
      char quote = 0;
      while (position < text.length()) {
        char character = text.charAt(position);
        if (quote == 0 && Blanks.isSpace(character)) {
          break;
        }
        position++;
        if (quote != 0 ? character == quote : character == '\'' || character == '"') {
          quote = quote == 0 ? character : 0;
        } else if (character != escape) {
          flag.append(character);
        } else if (position < text.length()) {
          flag.append(text.charAt(position++));
        }
      }
      if (flag.toString().equals("--")) {
        return position;
      }
      flags.add(flag.toString());
    }
  }

  /** Splits text at ASCII white space. */
  static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int index = 0; index <= text.length(); index++) {
      if (index == text.length() || Blanks.separates(text.charAt(index))) {
        if (index > start) {
          fields.add(text.substring(start, index));
        }
        start = index + 1;
      }
    }
    return fields;
  }

  /** Splits text at white space that is neither quoted nor escaped; quotes and escapes stay. */
  static List<String> words(String text, char escape) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (quote == 0 && Blanks.isSpace(character)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      if (character == escape && quote != '\'') {
        if (index + 1 == text.length()) {
          break; // An escape at the very end escapes nothing.
        }
        word.append(character);
        character = text.charAt(++index);
      } else if (quote == 0 ? character == '\'' || character == '"' : character == quote) {
        quote = quote == 0 ? character : 0;
      }
      word.append(character);
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
