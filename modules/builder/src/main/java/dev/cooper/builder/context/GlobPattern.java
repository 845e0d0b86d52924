package dev.cooper.builder.context;

import dev.cooper.image.CooperException;
import org.jspecify.annotations.Nullable;

/**
 * One part (between slashes) of a pattern as Go's {@code filepath.Match} has it: {@code *}, {@code
 * ?}, {@code [a-z]}, {@code [^a-z]}, and a backslash that takes away a character's meaning.
 */
final class GlobPattern {
  private final String pattern;
  private final @Nullable String literal;

  private GlobPattern(String pattern, @Nullable String literal) {
    this.pattern = pattern;
    this.literal = literal;
  }

  /** Whether a path has a character that makes it a pattern. */
  static boolean isPattern(String path) {
    boolean escaped = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws CooperException.InvalidInput if the pattern is malformed
   */
  static GlobPattern parse(String pattern) {
    GlobPattern parsed = new GlobPattern(pattern, isPattern(pattern) ? null : unescape(pattern));
    if (parsed.literal == null) {
      parsed.check();
    }
    return parsed;
  }

  /** The only name that matches; null if it is a true pattern. */
  @Nullable String literal() {
    return literal;
  }

  boolean matches(String name) {
    return literal != null ? literal.equals(name) : matches(0, name, 0);
  }

  private boolean matches(int p, String name, int n) {
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '*') {
        while (p < pattern.length() && pattern.charAt(p) == '*') {
          p++;
        }
        if (p == pattern.length()) {
          return true;
        }
        for (int i = n; i <= name.length(); i++) {
          if (matches(p, name, i)) {
            return true;
          }
        }
        return false;
      }
      if (n >= name.length()) {
        return false;
      }
      int point = name.codePointAt(n);
      switch (c) {
        case '?' -> p++;
        case '[' -> {
          int end = classEnd(p);
          if (!inClass(p + 1, end, point)) {
            return false;
          }
          p = end + 1;
        }
        default -> {
          int at = c == '\\' ? p + 1 : p;
          int wanted = pattern.codePointAt(at);
          if (wanted != point) {
            return false;
          }
          p = at + Character.charCount(wanted);
        }
      }
      n += Character.charCount(point);
    }
    return n == name.length();
  }

  /** Whether the class between {@code start} and its closing bracket holds the character. */
  private boolean inClass(int start, int end, int point) {
    int p = start;
    boolean negated = pattern.charAt(p) == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    while (p < end) {
      int at = pattern.charAt(p) == '\\' ? p + 1 : p;
      int low = pattern.codePointAt(at);
      p = at + Character.charCount(low);
      int high = low;
      if (p < end && pattern.charAt(p) == '-') {
        at = pattern.charAt(p + 1) == '\\' ? p + 2 : p + 1;
        high = pattern.codePointAt(at);
        p = at + Character.charCount(high);
      }
      found |= low <= point && point <= high;
    }
    return found != negated;
  }

  /** The place of the bracket that closes the class at {@code p}. */
  private int classEnd(int p) {
    int i = p + 1;
    if (i < pattern.length() && pattern.charAt(i) == '^') {
      i++;
    }
    int first = i;
    for (; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ']' && i > first) {
        return i;
      }
    }
    throw malformed();
  }

  private void check() {
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      if (c == '\\') {
        if (++p == pattern.length()) {
          throw malformed();
        }
      } else if (c == '[') {
        int end = classEnd(p);
        checkClass(p + 1, end);
        p = end;
      }
    }
  }

  private void checkClass(int start, int end) {
    int p = pattern.charAt(start) == '^' ? start + 1 : start;
    while (p < end) {
      if (pattern.charAt(p) == '-' || pattern.charAt(p) == ']') {
        throw malformed();
      }
      p += pattern.charAt(p) == '\\' ? 2 : 1;
      if (p < end && pattern.charAt(p) == '-') {
        p++;
        if (p >= end || pattern.charAt(p) == '-') {
          throw malformed();
        }
        p += pattern.charAt(p) == '\\' ? 2 : 1;
      }
    }
    if (p != end) {
      throw malformed();
    }
  }

  private CooperException malformed() {
    return new CooperException.InvalidInput("syntax error in pattern: " + pattern);
  }

  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
