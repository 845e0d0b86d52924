package dev.cooper.flags;

import java.util.List;

/**
 * Reads the words of a command into its fields, by pflag's rules: {@code --name=value}, {@code
 * --name value}, {@code -n value}, {@code -nvalue}, {@code -n=value}, switches together as in
 * {@code -it}, the last of which may take a value ({@code -itv /a:/b}); {@code --} ends the flags.
 * A flag given twice has its last value, a list has both.
 */
public final class CommandLine {
  private final CommandFlags<?> command;
  private final Flag[] flags;
  private final List<String> words;
  private int at;

  private CommandLine(CommandFlags<?> command, List<String> words) {
    this.command = command;
    this.flags = command.flags();
    this.words = words;
  }

  /**
   * Sets the command's fields.
   *
   * @return true if {@code --help} was met; what follows it is then not read
   * @param stopsAtFirstOperand whether everything after the first word that is no flag is an
   *     operand
   * @throws FlagException for a flag that is not known, lacks its value or has a wrong one; fields
   *     may then be set in part
   */
  public static boolean read(
      CommandFlags<?> command, List<String> words, boolean stopsAtFirstOperand) {
    return new CommandLine(command, words).read(stopsAtFirstOperand);
  }

  private boolean read(boolean stopsAtFirstOperand) {
    while (at < words.size()) {
      String word = words.get(at++);
      if (word.equals("--help") || (word.equals("-h") && find("-h") < 0)) {
        return true;
      }
      if (word.equals("--")) {
        takeRest();
      } else if (word.startsWith("--")) {
        readLong(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        readShort(word);
      } else {
        take(word);
        if (stopsAtFirstOperand) {
          takeRest();
        }
      }
    }
    return false;
  }

  private void takeRest() {
    while (at < words.size()) {
      take(words.get(at++));
    }
  }

  private void take(String word) {
    if (!command.operand(word)) {
      throw new FlagException("unexpected argument: " + word);
    }
  }

  private void readLong(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (name.length() == 2) {
      throw new FlagException("bad flag syntax: " + word);
    }
    int flag = find(name);
    if (flag < 0) {
      throw new FlagException("unknown flag: " + name);
    }
    set(
        flag,
        equals < 0
            ? valueAfter(flag, "flag needs an argument: " + name)
            : word.substring(equals + 1));
  }

  private void readShort(String word) {
    for (int i = 1; i < word.length(); i++) {
      int flag = find("-" + word.charAt(i));
      if (flag < 0) {
        throw new FlagException(
            "unknown shorthand flag: '"
                + word.charAt(i)
                + "' in "
                + word.charAt(0)
                + word.substring(i));
      }
      if (word.startsWith("=", i + 1) && word.length() > i + 2) {
        set(flag, word.substring(i + 2));
        return;
      }
      if (flags[flag].alone() == null && i + 1 < word.length()) {
        set(flag, word.substring(i + 1));
        return;
      }
      set(
          flag,
          valueAfter(
              flag,
              "flag needs an argument: '"
                  + word.charAt(i)
                  + "' in "
                  + word.charAt(0)
                  + word.substring(i)));
    }
  }

  private String valueAfter(int flag, String complaint) {
    String alone = flags[flag].alone();
    if (alone != null) {
      return alone;
    }
    if (at == words.size()) {
      throw new FlagException(complaint);
    }
    return words.get(at++);
  }

  private int find(String name) {
    for (int i = 0; i < flags.length; i++) {
      if (flags[i].isCalled(name)) {
        return i;
      }
    }
    return -1;
  }

  private void set(int flag, String value) {
    try {
      command.set(flag, value);
    } catch (IllegalArgumentException e) {
      throw new FlagException(
          "invalid argument \""
              + value
              + "\" for \""
              + flags[flag].shown()
              + "\" flag: "
              + e.getMessage());
    }
  }
}
