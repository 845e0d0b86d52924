package dev.cooper.dockerfile;

import java.util.List;

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
public sealed interface CommandLine {

  /**
   * A line for the shell. No variable in it is expanded: the shell does that.
   *
   * @param script the line as written, continuation lines joined
   * @param heredocs the documents that it introduces, in order; only RUN has them
   */
  record ShellForm(String script, List<Heredoc> heredocs) implements CommandLine {
    public ShellForm {
      heredocs = List.copyOf(heredocs);
    }
  }

  /**
   * A program and its arguments, from a JSON array of strings.
   *
   * @param arguments may be empty for CMD and ENTRYPOINT, which clears them
   */
  record ExecForm(List<String> arguments) implements CommandLine {
    public ExecForm {
      arguments = List.copyOf(arguments);
    }
  }
}
