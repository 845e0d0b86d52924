package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code cooper restart}. */
@Usage(
    name = "restart",
    synopsis = "cooper restart [OPTIONS] CONTAINER [CONTAINER...]",
    description = "Restart one or more containers")
public final class RestartCommand extends EachContainer {
  @Option(
      names = {"-t", "--time", "--timeout"},
      paramLabel = "int",
      description = "Seconds to wait before killing the container (default 10, -1 for ever)")
  @Nullable Integer seconds;

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.restart(name, seconds);
    invocation.console().out().println(name);
  }
}
