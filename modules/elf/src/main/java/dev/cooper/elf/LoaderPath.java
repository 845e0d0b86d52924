package dev.cooper.elf;

import java.util.Map;

/**
 * The words that start with a dollar sign in a loader's paths (ld.so(8), "Dynamic string tokens").
 */
final class LoaderPath {
  private LoaderPath() {}

  /**
   * Replaces {@code $NAME} and <code>${NAME}</code> for the names given; others stay as they are.
   */
  static String expand(String text, Map<String, String> values) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '$') {
        boolean braced = text.startsWith("{", at + 1);
        int start = at + (braced ? 2 : 1);
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
          end++;
        }
        String value = values.get(text.substring(start, end));
        if (value != null && (!braced || text.startsWith("}", end))) {
          result.append(value);
          at = braced ? end + 1 : end;
          continue;
        }
      }
      result.append(text.charAt(at++));
    }
    return result.toString();
  }

  /** The folder and the name with one slash between them; a relative folder is in another. */
  static String join(String workingFolder, String folder, String name) {
    String absolute = folder.startsWith("/") ? folder : slashed(workingFolder) + folder;
    return slashed(absolute) + name;
  }

  private static String slashed(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
  }
}
