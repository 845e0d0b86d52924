package dev.cooper.dockerfile;

import java.util.List;

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
public sealed interface CommandLine {

  /**
   * A line for the shell. No variable in it is expanded: the shell does that.
   *
   * @param script the line as written, continuation lines joined; may be empty
   * @param heredocs the documents that it announces, in order; only RUN has them
   */
  record ShellForm(String script, List<Heredoc> heredocs) implements CommandLine {
    public ShellForm {
      heredocs = List.copyOf(heredocs);
    }

    /** What has to be run, heredocs put in their place. */
    public Program program() {
      if (heredocs.isEmpty()) {
        return new Program.Script(script);
      }
      if (Heredocs.parse(script) != null) {
        // Nothing but a document: it is the script, whatever shell there is.
        Heredoc only = heredocs.getFirst();
        String content = only.text();
        return content.startsWith("#!")
            ? new Program.File(only.name(), content)
            : new Program.Script(content);
      }
      StringBuilder whole = new StringBuilder(script);
      for (Heredoc heredoc : heredocs) {
        whole.append('\n').append(heredoc.content()).append(heredoc.name());
      }
      return new Program.Script(whole.toString());
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

  /** What a shell form comes to. */
  sealed interface Program {
    /** A script: the last argument of the SHELL in force. */
    record Script(String text) implements Program {}

    /**
     * A file of its own that starts with {@code #!}: it is put at {@link #path()} with mode 0755
     * for the time of the run, and its path is the last argument of the SHELL in force. (Windows
     * knows no such files: there the content is a script.)
     */
    record File(String name, String content) implements Program {
      /** Where it is put: {@code /dev/pipes/<name>}. */
      public String path() {
        return "/dev/pipes/" + name;
      }
    }
  }
}
