package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Replaces variables in text and takes quotes and escapes off, as Dockerfiles do it: near to a
 * POSIX shell, and not equal to one.
 */
final class ShellLexer {
  /** Nested {@code ${a:-${b:-…}}} deeper than this is refused. */
  private static final int MAX_DEPTH = 200;

  /** How text is treated. */
  enum Mode {
    /** Quotes and escapes are taken off. */
    PLAIN,
    /** Quotes mean nothing; escapes are taken off. */
    QUOTES_AS_TEXT,
    /** Quotes are obeyed and kept; variables that are not set stay as they are. */
    KEEP_QUOTES,
    /** The same, and escapes are kept. */
    KEEP_QUOTES_AND_ESCAPES,
    /** Like {@link #PLAIN}, but variables that are not set stay as they are. */
    KEEP_UNSET
  }

  private final String text;
  private final char escape;
  private final Variables variables;
  private final boolean obeyQuotes;
  private final boolean keepQuotes;
  private final boolean keepUnset;
  private final boolean keepEscapes;
  private int position;

  ShellLexer(String text, char escape, Variables variables, Mode mode) {
    this.text = text;
    this.escape = escape;
    this.variables = variables;
    this.obeyQuotes = mode != Mode.QUOTES_AS_TEXT;
    this.keepQuotes = mode == Mode.KEEP_QUOTES || mode == Mode.KEEP_QUOTES_AND_ESCAPES;
    this.keepUnset = keepQuotes || mode == Mode.KEEP_UNSET;
    this.keepEscapes = mode == Mode.KEEP_QUOTES_AND_ESCAPES;
  }

  /** The text as one word. */
  String word() {
    Splitter splitter = new Splitter();
    run(splitter);
    return splitter.whole.toString();
  }

  /** The text split at unquoted white space, that of unquoted variables included. */
  List<String> words() {
    Splitter splitter = new Splitter();
    run(splitter);
    return splitter.finish();
  }

  private void run(Splitter out) {
    try {
      text(-1, keepEscapes, out, 0);
    } catch (Malformed e) {
      String why = Quoted.oneLine(String.valueOf(e.getMessage()));
      throw new Malformed("failed to process " + Quoted.of(text) + ": " + why, text);
    }
  }

  /** Collects the result as a whole and as words. */
  private static final class Splitter {
    final StringBuilder whole = new StringBuilder();
    final List<String> words = new ArrayList<>();
    final StringBuilder word = new StringBuilder();

    void verbatim(CharSequence part) {
      whole.append(part);
      word.append(part);
    }

    void verbatim(char character) {
      whole.append(character);
      word.append(character);
    }

    void split(char character) {
      whole.append(character);
      if (!Blanks.isSpace(character)) {
        word.append(character);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }

    void split(String part) {
      for (int index = 0; index < part.length(); index++) {
        split(part.charAt(index));
      }
    }

    List<String> finish() {
      if (!word.isEmpty()) {
        words.add(word.toString());
      }
      return words;
    }
  }

  /** Treats text up to a stop character, which is consumed, or to the end if it is negative. */
  private void text(int stop, boolean keepEscapes, Splitter out, int depth) {
    while (position < text.length()) {
      char character = text.charAt(position);
      if (character == stop) {
        position++;
        return;
      }
      if (character == '$') {
        out.split(variable(depth));
      } else if (character == '<') {
        possibleHeredoc(out);
      } else if (character == '\'' && obeyQuotes) {
        singleQuoted(out);
      } else if (character == '"' && obeyQuotes) {
        doubleQuoted(keepEscapes, out, depth);
      } else if (character == escape) {
        position++;
        if (keepEscapes) {
          out.verbatim(character);
        }
        if (position < text.length()) {
          out.verbatim(text.charAt(position++));
        }
      } else {
        position++;
        out.split(character);
      }
    }
    if (stop >= 0) {
      throw new Malformed(
          "unexpected end of statement while looking for matching " + (char) stop, text);
    }
  }

  /** White space between {@code <<} and a delimiter does not end the word. */
  private void possibleHeredoc(Splitter out) {
    int start = position++;
    if (position < text.length() && text.charAt(position) == '<') {
      position++;
      while (position < text.length() && " \t\r".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
    }
    out.verbatim(text.substring(start, position));
  }

  private void singleQuoted(Splitter out) {
    int end = text.indexOf('\'', position + 1);
    if (end < 0) {
      position = text.length();
      throw new Malformed(
          "unexpected end of statement while looking for matching single-quote", text);
    }
    out.verbatim(
        keepQuotes ? text.substring(position, end + 1) : text.substring(position + 1, end));
    position = end + 1;
  }

  private void doubleQuoted(boolean keepEscapes, Splitter out, int depth) {
    position++;
    if (keepQuotes) {
      out.verbatim('"');
    }
    while (position < text.length()) {
      char character = text.charAt(position);
      if (character == '"') {
        position++;
        if (keepQuotes) {
          out.verbatim('"');
        }
        return;
      }
      if (character == '$') {
        out.verbatim(variable(depth));
        continue;
      }
      position++;
      if (character == escape) {
        if (keepEscapes) {
          out.verbatim(character);
        }
        if (position == text.length()) {
          break;
        }
        char next = text.charAt(position);
        if (next == '"' || next == '$' || next == escape) {
          character = next;
          position++;
        }
      }
      out.verbatim(character);
    }
    throw new Malformed(
        "unexpected end of statement while looking for matching double-quote", text);
  }

  private String variable(int depth) {
    position++;
    if (position < text.length() && text.charAt(position) == '{') {
      position++;
      return braced(depth);
    }
    String name = name();
    if (name.isEmpty()) {
      return "$";
    }
    String value = variables.get(name);
    if (value == null) {
      return keepUnset ? "$" + name : "";
    }
    return value;
  }

  private String braced(int depth) {
    if (position == text.length()) {
      throw new Malformed("syntax error: missing '}'", text);
    }
    if ("{}:".indexOf(text.charAt(position)) >= 0) {
      throw new Malformed("syntax error: bad substitution", text);
    }
    if (depth > MAX_DEPTH) {
      throw new Malformed("syntax error: substitutions are nested too deeply", text);
    }
    String name = name();
    if (position == text.length()) {
      throw new Malformed("syntax error: missing '}'", text);
    }
    char operator = text.charAt(position++);
    return switch (operator) {
      case '}' -> {
        String value = variables.get(name);
        yield value != null ? value : keepUnset ? "${" + name + "}" : "";
      }
      case ':' -> {
        if (position == text.length()) {
          throw new Malformed("syntax error: missing '}'", text);
        }
        yield modified(name, text.charAt(position++), true, depth);
      }
      case '+', '-', '?', '#', '%' -> modified(name, operator, false, depth);
      case '/' -> replaced(name, depth);
      default -> throw unsupported(Character.toString(operator));
    };
  }

  private static Malformed unsupported(String operator) {
    String quoted = Quoted.of(operator);
    String shown = quoted.substring(1, quoted.length() - 1);
    return new Malformed("unsupported modifier (" + shown + ") in substitution", operator);
  }

  /** {@code ${name<operator>word}}; an empty value counts as unset behind a colon. */
  private String modified(String name, char operator, boolean colon, int depth) {
    boolean trims = operator == '#' || operator == '%';
    String shown = (colon ? ":" : "") + operator;
    if (colon && trims) {
      throw unsupported(shown);
    }
    String word = nested('}', trims, "syntax error: missing '}'", depth);
    String value = variables.get(name);
    if (value == null && keepUnset) {
      return "${" + name + shown + word + "}";
    }
    boolean missing = value == null || (colon && value.isEmpty());
    String present = value == null ? "" : value;
    return switch (operator) {
      case '-' -> missing ? word : present;
      case '+' -> missing ? "" : word;
      case '?' -> {
        if (missing) {
          String reason = "is not allowed to be " + (value == null ? "unset" : "empty");
          throw new Malformed(name + ": " + (word.isEmpty() ? reason : word), name);
        }
        yield present;
      }
      case '#', '%' -> {
        boolean longest = !word.isEmpty() && word.charAt(0) == operator;
        ShellPattern pattern = ShellPattern.parse(longest ? word.substring(1) : word);
        yield operator == '#'
            ? pattern.trimStart(present, longest)
            : pattern.trimEnd(present, longest);
      }
      default -> throw unsupported(shown);
    };
  }

  /** {@code ${name/pattern/replacement}}, with two slashes for every match. */
  private String replaced(String name, int depth) {
    boolean all = position < text.length() && text.charAt(position) == '/';
    if (all) {
      position++;
    }
    String pattern = nested('/', true, "syntax error: missing '/' in ${}", depth);
    String replacement = nested('}', true, "syntax error: missing '}'", depth);
    String value = variables.get(name);
    if (value == null && keepUnset) {
      return "${" + name + "/" + pattern + "/" + replacement + "}";
    }
    return ShellPattern.parse(pattern).replace(value == null ? "" : value, replacement, all);
  }

  private String nested(char stop, boolean keepEscapes, String missing, int depth) {
    Splitter out = new Splitter();
    try {
      text(stop, keepEscapes, out, depth + 1);
    } catch (Malformed e) {
      if (position >= text.length()) {
        throw new Malformed(missing, text);
      }
      throw e;
    }
    return out.whole.toString();
  }

  /** Letters, digits and underscores; only digits after a digit; or one special character. */
  private String name() {
    int start = position;
    if (position < text.length()) {
      int first = text.codePointAt(position);
      if (Character.isDigit(first)) {
        while (position < text.length() && Character.isDigit(text.codePointAt(position))) {
          position += Character.charCount(text.codePointAt(position));
        }
        return text.substring(start, position);
      }
      if ("@*#?-$!".indexOf(first) >= 0) {
        position++;
        return text.substring(start, position);
      }
    }
    while (position < text.length()) {
      int character = text.codePointAt(position);
      if (!Character.isLetterOrDigit(character) && character != '_') {
        break;
      }
      position += Character.charCount(character);
    }
    return text.substring(start, position);
  }
}
