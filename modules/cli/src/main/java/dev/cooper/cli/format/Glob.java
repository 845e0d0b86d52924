package dev.cooper.cli.format;

/** Shell patterns as Go's path.Match has them: {@code *} and {@code ?} do not match a slash. */
public final class Glob {
  private Glob() {}

  public static boolean matches(String pattern, String text) {
    return matches(pattern, 0, text, 0);
  }

  private static boolean matches(String pattern, int p, String text, int t) {
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '*') {
        while (p < pattern.length() && pattern.charAt(p) == '*') {
          p++;
        }
        for (int end = t; ; end++) {
          if (matches(pattern, p, text, end)) {
            return true;
          }
          if (end >= text.length() || text.charAt(end) == '/') {
            return false;
          }
        }
      }
      if (t >= text.length()) {
        return false;
      }
      if (c == '[') {
        int close = pattern.indexOf(']', p + 1);
        if (close < 0 || !inSet(pattern.substring(p + 1, close), text.charAt(t))) {
          return false;
        }
        p = close + 1;
      } else {
        if (c == '\\' && p + 1 < pattern.length()) {
          c = pattern.charAt(++p);
        } else if (c == '?') {
          c = text.charAt(t) == '/' ? '\0' : text.charAt(t);
        }
        if (c != text.charAt(t)) {
          return false;
        }
        p++;
      }
      t++;
    }
    return t == text.length();
  }

  private static boolean inSet(String set, char c) {
    boolean negated = set.startsWith("^");
    boolean found = false;
    for (int i = negated ? 1 : 0; i < set.length(); i++) {
      char from = set.charAt(i);
      char to = from;
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        to = set.charAt(i + 2);
        i += 2;
      }
      found |= c >= from && c <= to;
    }
    return found != negated;
  }
}
