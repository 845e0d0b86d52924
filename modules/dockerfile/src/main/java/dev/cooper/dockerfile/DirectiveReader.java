package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads parser directives: {@code # key=value} lines before anything else. */
final class DirectiveReader {
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable String syntax;
  private @Nullable String escape;
  private Directives.@Nullable CheckOptions check;
  private boolean behindShebang;
  private boolean done;

  /** The escape character that holds so far. */
  char escape() {
    return escape == null ? '\\' : escape.charAt(0);
  }

  Directives directives() {
    return new Directives(syntax, escape(), check == null ? Directives.CheckOptions.NONE : check);
  }

  List<Problem> problems() {
    return problems;
  }

  /**
   * Looks at a line without its indentation.
   *
   * @return whether it is a directive
   */
  boolean read(String line, int number) {
    if (done) {
      return false;
    }
    if (number == 1 && line.startsWith("#!")) {
      behindShebang = true;
      return false;
    }
    done = true;
    if (!line.startsWith("#")) {
      return false;
    }
    int start = Blanks.firstNonSpace(line, 1);
    int end = start;
    while (end < line.length() && isKeyPart(line.charAt(end), end == start)) {
      end++;
    }
    int equals = Blanks.firstNonSpace(line, end);
    if (end == start || equals == line.length() || line.charAt(equals) != '=') {
      return false;
    }
    String value = Blanks.trim(line.substring(equals + 1));
    if (value.isEmpty()) {
      return false;
    }
    return accept(line.substring(start, end).toLowerCase(Locale.ROOT), value, number);
  }

  private static boolean isKeyPart(char character, boolean first) {
    boolean letter =
        (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    return letter || (!first && character >= '0' && character <= '9');
  }

  private boolean accept(String key, String value, int number) {
    switch (key) {
      case "syntax" -> {
        once(syntax != null, key, number);
        syntax = syntax == null ? value : syntax;
      }
      case "escape" -> {
        if (behindShebang) {
          return false;
        }
        once(escape != null, key, number);
        if (value.equals("\\") || value.equals("`")) {
          escape = value;
        } else {
          problem("invalid escape token '" + value + "' does not match ` or \\", value, number);
        }
      }
      case "check" -> {
        once(check != null, key, number);
        try {
          check = CheckDirective.parse(value);
        } catch (Malformed e) {
          problem("failed to parse check options: " + e.getMessage(), value, number);
        }
      }
      default -> {
        return false;
      }
    }
    done = false;
    return true;
  }

  private void once(boolean seen, String key, int number) {
    if (seen) {
      problem("only one " + key + " parser directive can be used", key, number);
    }
  }

  private void problem(String message, String token, int number) {
    problems.add(new Problem(SourceRange.line(number), token, message, List.of()));
  }
}
