package dev.cooper.engine;

/** What names a volume, or a container, may have: {@code [a-zA-Z0-9][a-zA-Z0-9_.-]+}. */
final class ObjectName {
  private ObjectName() {}

  static boolean isValid(String name) {
    if (name.length() < 2 || !isAlphanumeric(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
