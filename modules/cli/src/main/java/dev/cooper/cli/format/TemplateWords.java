package dev.cooper.cli.format;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/** The words inside one action of a template. */
final class TemplateWords {
  private TemplateWords() {}

  static List<String> split(String action) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < action.length()) {
      char c = action.charAt(i);
      int from = i;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      } else if (action.startsWith("/*", i)) {
        int end = action.indexOf("*/", i + 2);
        i = end < 0 ? action.length() : end + 2;
        continue;
      } else if (c == '"' || c == '`') {
        i = endOfQuote(action, i);
        if (i < 0) {
          throw new CooperException.InvalidInput(
              "template parsing error: template: :1: unterminated quoted string");
        }
      } else if (c == '|' || c == ',' || c == '(') {
        i++;
      } else if (action.startsWith(":=", i)) {
        i += 2;
      } else if (c == '=') {
        i++;
      } else {
        i++; // a closing parenthesis takes the fields after it along: ").Name"
        while (i < action.length() && !ends(action.charAt(i))) {
          i++;
        }
      }
      words.add(action.substring(from, i));
    }
    return words;
  }

  private static boolean ends(char c) {
    return Character.isWhitespace(c) || "|,()=:\"`".indexOf(c) >= 0;
  }

  /** The index behind the quote that opens at {@code from}; -1 if it never closes. */
  static int endOfQuote(String text, int from) {
    char quote = text.charAt(from);
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return -1;
  }

  static String unquoted(String token) {
    String inside = token.substring(1, token.length() - 1);
    if (token.charAt(0) == '`') {
      return inside;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == '\\' && i + 1 < inside.length()) {
        char escaped = inside.charAt(++i);
        out.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> escaped;
            });
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
