package dev.cooper.explore.doctor;

import java.util.List;

/** An instruction's line for a shell, as config has it: the shell, {@code -c} and the line. */
final class ShellForm {
  private ShellForm() {}

  /**
   * The line that a command gives to a shell, such as {@code /bin/bash -o pipefail -c LINE}; empty
   * when the command is not of this form.
   */
  static String script(List<String> command) {
    if (command.size() < 3 || !isShell(command.getFirst())) {
      return "";
    }
    for (int i = 1; i + 1 < command.size(); i++) {
      String word = command.get(i);
      if (word.startsWith("-") && !word.startsWith("--") && word.endsWith("c")) {
        return command.get(i + 1).strip();
      }
      if (!word.startsWith("-") && !command.get(i - 1).endsWith("o")) {
        return "";
      }
    }
    return "";
  }

  private static boolean isShell(String name) {
    return switch (name.substring(name.lastIndexOf('/') + 1)) {
      case "sh", "bash", "ash", "dash", "zsh", "ksh", "mksh" -> true;
      default -> false;
    };
  }
}
