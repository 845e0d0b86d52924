package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Usage;
import java.io.IOException;

/** {@code cooper pause}. */
@Usage(
    name = "pause",
    synopsis = "cooper pause CONTAINER [CONTAINER...]",
    description = "Pause all processes within one or more containers")
public final class PauseCommand extends EachContainer {

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.pause(name);
    invocation.console().out().println(name);
  }
}
