package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import java.io.IOException;
import picocli.CommandLine;

/** {@code cooper pause}. */
@CommandLine.Command(
    name = "pause",
    customSynopsis = "cooper pause CONTAINER [CONTAINER...]",
    description = "Pause all processes within one or more containers")
public final class PauseCommand extends EachContainer {

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    containers.pause(name);
    invocation.console().out().println(name);
  }
}
