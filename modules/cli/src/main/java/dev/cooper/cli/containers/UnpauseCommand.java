package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Usage;
import java.io.IOException;

/** {@code cooper unpause}. */
@Usage(
    name = "unpause",
    synopsis = "cooper unpause CONTAINER [CONTAINER...]",
    description = "Unpause all processes within one or more containers")
public final class UnpauseCommand extends EachContainer {

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.unpause(name);
    invocation.console().out().println(name);
  }
}
