package dev.cooper.cli;

import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;

/** {@code cooper version}. */
@Usage(name = "version", description = "Show the version")
final class VersionCommand implements Command {
  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  @Override
  public int run(Invocation invocation) {
    String java = Runtime.version().toString();
    if (json) {
      invocation
          .console()
          .out()
          .println("{\"Version\":\"" + Version.NUMBER + "\",\"Java\":\"" + java + "\"}");
    } else {
      invocation.console().out().println("Cooper version " + Version.NUMBER + ", Java " + java);
    }
    return 0;
  }
}
