package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Usage;
import java.io.IOException;

/** {@code cooper wait}. */
@Usage(
    name = "wait",
    synopsis = "cooper wait CONTAINER [CONTAINER...]",
    description = "Block until one or more containers stop, then print their exit codes")
public final class WaitCommand extends EachContainer {

  @Override
  void apply(Containers containers, String name, Invocation invocation)
      throws IOException, InterruptedException {
    invocation.console().out().println(containers.await(name));
    invocation.console().out().flush();
  }
}
