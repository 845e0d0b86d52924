package dev.cooper.cli;

import dev.cooper.flags.CommandFlags;
import org.jspecify.annotations.Nullable;

/** The command line itself is wrong. Reported in Docker's words and with its exit codes. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int WRONG_FLAG = 125;
  private final String help;
  private final int exitCode;
  private final @Nullable String usage;

  /**
   * A flag that is wrong: exit code 125.
   *
   * @param message what is wrong
   * @param help the command that prints the help to read, such as {@code cooper run --help}
   */
  public UsageException(String message, String help) {
    this(message, help, WRONG_FLAG, null);
  }

  /**
   * A flag's value that cannot be: exit code 125.
   *
   * @param flag as pflag calls it: {@code -m, --memory}
   * @param command whose flag it is: {@code run}
   */
  public static UsageException invalidArgument(
      String text, String flag, @Nullable String why, String command) {
    return new UsageException(
        "invalid argument \"" + text + "\" for \"" + flag + "\" flag: " + why,
        "cooper " + command + " --help");
  }

  private UsageException(String message, String help, int exitCode, @Nullable String usage) {
    super(message, null, false, false);
    this.help = help;
    this.exitCode = exitCode;
    this.usage = usage;
  }

  /**
   * The wrong number of arguments: exit code 1, and the command's usage is printed below.
   *
   * @param demand such as {@code requires exactly 2 arguments.}
   */
  static UsageException arguments(CommandFlags<?> command, String demand) {
    String name = "cooper " + command.name();
    String synopsis = command.synopsis().isEmpty() ? name : command.synopsis();
    return new UsageException(
        "\"" + name + "\" " + demand,
        name + " --help",
        1,
        "Usage:  " + synopsis + "\n\n" + command.description());
  }

  String help() {
    return help;
  }

  int exitCode() {
    return exitCode;
  }

  /** What to print below; null for nothing. */
  @Nullable String usage() {
    return usage;
  }
}
