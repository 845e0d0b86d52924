package dev.cooper.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options before the command's name.
 *
 * @param root {@code --root}, or null
 * @param debug {@code --debug} or {@code -D}
 * @param help {@code --help} or {@code -h}
 * @param version {@code --version} or {@code -v}
 * @param rest the command and its words
 */
record GlobalOptions(
    @Nullable String root, boolean debug, boolean help, boolean version, List<String> rest) {

  /**
   * Reads options up to the first word that is none.
   *
   * @throws UsageException for an option that is not known or lacks its value
   */
  static GlobalOptions parse(List<String> words) {
    String root = null;
    boolean debug = false;
    boolean help = false;
    boolean version = false;
    int at = 0;
    for (; at < words.size() && words.get(at).startsWith("-"); at++) {
      String word = words.get(at);
      switch (word) {
        case "--root" -> {
          if (++at == words.size()) {
            throw new UsageException("flag needs an argument: --root", "cooper --help");
          }
          root = words.get(at);
        }
        case "--debug", "-D" -> debug = true;
        case "--help", "-h" -> help = true;
        case "--version", "-v" -> version = true;
        default -> {
          if (!word.startsWith("--root=")) {
            throw new UsageException("unknown flag: " + word, "cooper --help");
          }
          root = word.substring("--root=".length());
        }
      }
    }
    return new GlobalOptions(root, debug, help, version, words.subList(at, words.size()));
  }
}
