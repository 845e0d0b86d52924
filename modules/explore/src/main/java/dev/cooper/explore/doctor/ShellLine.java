package dev.cooper.explore.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line for a shell, taken apart as far as is needed to tell whom signals to the shell reach: its
 * commands, what joins them, and how deep they stand. Not a parser: here-documents and aliases are
 * not looked at.
 */
final class ShellLine {
  /** What becomes of a SIGTERM that the shell, process 1, is sent. */
  enum Signals {
    /** By then the shell is the program, or it traps the signal while it waits for it. */
    ARRIVE,
    /** A shell that becomes its last command passes on its place; others keep it. */
    ARRIVE_IF_SHELL_YIELDS,
    /** They arrive on some ways through the line. */
    MAY_BE_LOST,
    /** The shell waits for the program, and swallows them. */
    LOST
  }

  /**
   * @param before what joins it to the command before it; empty for the first
   * @param after what ends it; empty for the last
   * @param text what it says, without keywords before it
   * @param subshell whether it is in parentheses
   * @param compound whether it is part of {@code if}, {@code case}, a loop or braces
   */
  private record Command(
      String before, String after, String text, boolean subshell, boolean compound) {

    boolean isExec() {
      String[] words = text.split("\\s+");
      for (int i = 1; i < words.length && words[0].equals("exec"); i++) {
        if (!words[i].startsWith("-")) {
          return !subshell && !before.equals("|") && !after.equals("|") && !after.equals("&");
        }
      }
      return false;
    }

    /** Whether it is reached whatever the commands before it say. */
    boolean isCertain() {
      return !compound && !before.equals("&&") && !before.equals("||");
    }

    boolean isTrap() {
      String[] words = text.split("\\s+");
      if (subshell || words.length < 3 || !words[0].equals("trap") || words[1].equals("-")) {
        return false;
      }
      for (int i = 2; i < words.length; i++) {
        if (words[i].equals("TERM") || words[i].equals("SIGTERM") || words[i].equals("15")) {
          return !words[1].equals(NOTHING);
        }
      }
      return false;
    }

    boolean isWait() {
      return !subshell && (text.equals("wait") || text.startsWith("wait "));
    }
  }

  /** An empty pair of quotes, as masked: {@code trap '' TERM} ignores the signal. */
  private static final String NOTHING = "\1\1";

  private static final Pattern REDIRECTION =
      Pattern.compile("(?:&>>?|[0-9]*(?:<<<|<<-?|>>|>\\||>&|<&|<>|<|>))[ \\t]*[^\\s;&|()<>`]*");
  private static final Pattern JOINT = Pattern.compile("&&|\\|\\||\\|&|;;|[;&|\\n()`]");
  private static final Pattern KEYWORD =
      Pattern.compile(
          "\\s*(?:(if|while|until|\\{)|(for|case|select)|(fi|done|esac|\\})|(then|else|elif|do|!)"
              + "|\\w+=\\S*)(?=\\s|$)");

  private final String bare;
  private final List<Command> commands = new ArrayList<>();

  private ShellLine(String script) {
    bare = unquoted(script);
    split();
  }

  static ShellLine of(String script) {
    return new ShellLine(script);
  }

  Signals signals() {
    boolean execs = false;
    boolean traps = false;
    boolean waits = false;
    boolean compound = false;
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i);
      if (command.isExec()
          && (command.isCertain() || i == commands.size() - 1 && !command.compound())) {
        return Signals.ARRIVE;
      }
      execs |= command.isExec();
      traps |= command.isTrap();
      waits |= traps && command.isWait();
      compound |= command.compound();
    }
    if (waits) {
      return Signals.ARRIVE;
    }
    if (execs || compound && (traps || isPlainList())) {
      return Signals.MAY_BE_LOST;
    }
    return isPlainList() ? Signals.ARRIVE_IF_SHELL_YIELDS : Signals.LOST;
  }

  /**
   * Whether it is a plain list of commands: Bash and BusyBox's shell become the last one of such.
   * They stay where there is a pipe, a background job, a group, a redirection or a trap.
   */
  private boolean isPlainList() {
    String rest = bare.replace("&&", " ").replace("||", " ");
    return rest.chars().noneMatch(c -> "|&(){}<>`".indexOf(c) >= 0) && !rest.contains("trap ");
  }

  private void split() {
    StringBuilder text = new StringBuilder(bare);
    for (Matcher found = REDIRECTION.matcher(bare); found.find(); ) {
      for (int i = found.start(); i < found.end(); i++) {
        text.setCharAt(i, ' ');
      }
    }
    Matcher joint = JOINT.matcher(text);
    int start = 0;
    int parentheses = 0;
    boolean backquotes = false;
    int depth = 0;
    String before = "";
    while (start <= text.length()) {
      boolean ended = joint.find();
      String after = ended ? joint.group().equals("|&") ? "|" : joint.group() : "";
      String part = text.substring(start, ended ? joint.start() : text.length());
      boolean compound = depth > 0;
      Matcher keyword = KEYWORD.matcher(part);
      int at = 0;
      while (keyword.region(at, part.length()).lookingAt()) {
        at = keyword.end();
        depth += keyword.group(1) != null || keyword.group(2) != null ? 1 : 0;
        depth -= keyword.group(3) != null && depth > 0 ? 1 : 0;
        compound |= depth > 0;
        if (keyword.group(2) != null) {
          at = part.length();
        }
      }
      String command = part.substring(at).strip();
      if (!command.isEmpty() || compound) {
        commands.add(new Command(before, after, command, parentheses > 0 || backquotes, compound));
      }
      // A line's end after an operator joins nothing.
      before = part.isBlank() && after.equals("\n") ? before : after;
      parentheses += after.equals("(") ? 1 : after.equals(")") && parentheses > 0 ? -1 : 0;
      backquotes ^= after.equals("`");
      start = ended ? joint.end() : text.length() + 1;
    }
  }

  /** The same text with marks for what is quoted, and for a variable's braces. */
  private static String unquoted(String script) {
    StringBuilder bare = new StringBuilder(script);
    int quote = 0;
    boolean braces = false;
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c == '\\' && quote != '\'') {
        bare.setCharAt(i++, '\1');
        if (i < bare.length()) {
          bare.setCharAt(i, '\1');
        }
      } else if (quote != 0 || c == '"' || c == '\'') {
        quote = quote == 0 ? c : c == quote ? 0 : quote;
        bare.setCharAt(i, '\1');
      } else if (c == '{' && i > 0 && script.charAt(i - 1) == '$' || braces) {
        braces = c != '}';
        bare.setCharAt(i, '\1');
      }
    }
    return bare.toString();
  }
}
