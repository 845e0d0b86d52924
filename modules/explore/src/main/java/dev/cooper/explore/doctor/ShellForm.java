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

  /** Whether the shell's last act is to become the program, which then is sent the signals. */
  static boolean endsInExec(String script) {
    return script.startsWith("exec ")
        || script.substring(lastCommand(script)).strip().startsWith("exec ");
  }

  /**
   * Whether it is a plain list of commands: Bash and BusyBox's shell become the last one of such.
   * They stay where there is a pipe, a background job, a group, a redirection or a trap.
   */
  static boolean isPlainList(String script) {
    String bare = unquoted(script).replace("&&", " ").replace("||", " ");
    return bare.chars().noneMatch(c -> "|&(){}<>`".indexOf(c) >= 0) && !bare.contains("trap ");
  }

  /** Where the last command of a line begins: after the last separator that is not quoted. */
  private static int lastCommand(String script) {
    String bare = unquoted(script);
    for (int i = bare.length() - 1; i >= 0; i--) {
      if (";&|\n(){}`".indexOf(bare.charAt(i)) >= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The same text with underscores for what is quoted, and for a variable's braces. */
  private static String unquoted(String script) {
    StringBuilder bare = new StringBuilder(script);
    int quote = 0;
    boolean braces = false;
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c == '\\' && quote != '\'') {
        bare.setCharAt(i++, '_');
        if (i < bare.length()) {
          bare.setCharAt(i, '_');
        }
      } else if (quote != 0 || c == '"' || c == '\'') {
        quote = quote == 0 ? c : c == quote ? 0 : quote;
        bare.setCharAt(i, '_');
      } else if (c == '{' && i > 0 && script.charAt(i - 1) == '$' || braces) {
        braces = c != '}';
        bare.setCharAt(i, '_');
      }
    }
    return bare.toString();
  }
}
