package dev.cooper.cli;

/** The command line itself is wrong. Reported as Docker does, with exit code 125. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * @param message what is wrong
   * @param help the command that prints the help to read, such as {@code cooper run --help}
   */
  UsageException(String message, String help) {
    super(message, null, false, false);
    this.help = help;
  }

  String help() {
    return help;
  }
}
