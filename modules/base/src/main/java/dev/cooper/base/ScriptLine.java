package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A script's first line, as Linux reads it (execve(2), "Interpreter scripts").
 *
 * @param interpreter its whole path
 * @param named the program that {@code env} is to look for; empty for any other interpreter
 */
record ScriptLine(String interpreter, Optional<String> named) {
  /** What Linux reads of it (BINPRM_BUF_SIZE). */
  static final int LONGEST = 255;

  private static final Set<String> TAKES_ANOTHER =
      Set.of("-u", "--unset", "-C", "--chdir", "-a", "--argv0");

  /** Whether a file that begins so is a script. */
  static boolean isScript(byte[] head) {
    return head.length > 2 && head[0] == '#' && head[1] == '!';
  }

  /**
   * Reads it.
   *
   * @param path the script, for what is said when Linux could not start it
   * @throws CooperException.InvalidInput when it names no interpreter, or ends in a carriage return
   */
  static ScriptLine of(String path, byte[] head) {
    String line = new String(head, 2, head.length - 2, StandardCharsets.UTF_8);
    int end = line.indexOf('\n');
    String[] words = (end < 0 ? line : line.substring(0, end)).strip().split("[ \t]+", 2);
    if (!words[0].startsWith("/")) {
      throw new CooperException.InvalidInput(
          path + ": its first line names no interpreter by its whole path");
    }
    if (line.substring(0, Math.max(end, 0)).endsWith("\r")) {
      throw new CooperException.InvalidInput(
          path + ": its first line ends in a carriage return, so Linux cannot start it",
          "convert it: sed -i 's/\\r$//' " + path);
    }
    return new ScriptLine(
        words[0],
        words[0].endsWith("/env") && words.length > 1 ? program(words[1]) : Optional.empty());
  }

  /** What env(1) runs: the first of its arguments that is no option and no assignment. */
  private static Optional<String> program(String arguments) {
    String[] words = arguments.replaceFirst("^(-v?S|--split-string=?)\\s*", "").split("[ \t]+");
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (TAKES_ANOTHER.contains(word)) {
        i++;
      } else if (!word.isEmpty() && !word.startsWith("-") && word.indexOf('=') < 0) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }
}
