package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import java.io.IOException;

/** {@code cooper kill}. */
@Usage(
    name = "kill",
    synopsis = "cooper kill [OPTIONS] CONTAINER [CONTAINER...]",
    description = "Kill one or more running containers")
public final class KillCommand extends EachContainer {
  @Option(
      names = {"-s", "--signal"},
      paramLabel = "string",
      description = "Signal to send to the container (default KILL)")
  String signal = "KILL";

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.kill(name, signal);
    invocation.console().out().println(name);
  }
}
