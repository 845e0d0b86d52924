package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import java.io.IOException;
import picocli.CommandLine;

/** {@code cooper wait}. */
@CommandLine.Command(
    name = "wait",
    customSynopsis = "cooper wait CONTAINER [CONTAINER...]",
    description = "Block until one or more containers stop, then print their exit codes")
public final class WaitCommand extends EachContainer {

  @Override
  void apply(Containers containers, String name, Invocation invocation)
      throws IOException, InterruptedException {
    invocation.console().out().println(containers.await(name));
    invocation.console().out().flush();
  }
}
