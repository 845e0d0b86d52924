package dev.cooper.explore.doctor;

/**
 * A script's first line, taken apart as Linux does.
 *
 * @param interpreter the program that is started; empty when the line names none
 * @param argument the one argument that it gets; empty for none
 * @param throughEnv the name that {@code env} looks for in PATH; empty for other interpreters, and
 *     when it is told to set variables or the like first
 */
record Shebang(String interpreter, String argument, String throughEnv) {
  /**
   * @param line what follows {@code #!}, without the line end
   */
  static Shebang of(String line) {
    String[] words = line.strip().split("[ \t]+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    return new Shebang(words[0], argument, words[0].endsWith("/env") ? wanted(argument) : "");
  }

  /** After {@code -S} (split), env's own words may come before the name. */
  private static String wanted(String argument) {
    String[] words = argument.split("[ \t]+");
    int at = 0;
    if (words[0].startsWith("-S") || words[0].equals("-vS")) {
      words[0] = words[0].substring(words[0].indexOf('S') + 1);
      at = words[0].isEmpty() ? 1 : 0;
    }
    while (at < words.length && words[at].indexOf('=') > 0 && !words[at].startsWith("-")) {
      at++;
    }
    return at < words.length && !words[at].startsWith("-") ? words[at] : "";
  }
}
