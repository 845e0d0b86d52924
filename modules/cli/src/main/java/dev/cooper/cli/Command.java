package dev.cooper.cli;

/**
 * One command, such as {@code images}. Its annotated fields are its flags ({@code
 * dev.cooper.flags}); a new object is made for each call, and only for the command that was typed.
 */
public interface Command {

  /**
   * Does the command's work.
   *
   * @return the process's exit code
   * @throws Exception anything; {@link CommandLineRunner} turns it into one line and an exit code
   */
  int run(Invocation invocation) throws Exception;

  /** Whether words after the first that is no flag belong to another program, flags and all. */
  default boolean stopsAtFirstOperand() {
    return false;
  }
}
