package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code cooper stop}. */
@Usage(
    name = "stop",
    synopsis = "cooper stop [OPTIONS] CONTAINER [CONTAINER...]",
    description = "Stop one or more running containers")
public final class StopCommand extends EachContainer {
  @Option(
      names = {"-t", "--time", "--timeout"},
      paramLabel = "int",
      description = "Seconds to wait before killing the container (default 10, -1 for ever)")
  @Nullable Integer seconds;

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.stop(name, seconds);
    invocation.console().out().println(name);
  }
}
