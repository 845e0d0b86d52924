package dev.cooper.cli.containers;

import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;

/** {@code cooper rm}. */
@Usage(
    name = "rm",
    synopsis = "cooper rm [OPTIONS] CONTAINER [CONTAINER...]",
    description = "Remove one or more containers")
public final class RemoveCommand extends EachContainer {
  @Option(
      names = {"-f", "--force"},
      description = "Force the removal of a running container (uses SIGKILL)")
  boolean force;

  @Option(
      names = {"-v", "--volumes"},
      description = "Remove anonymous volumes associated with the container")
  boolean volumes;

  @Override
  void apply(Containers containers, String name, Invocation invocation) throws IOException {
    try {
      containers.remove(name, force, volumes);
      invocation.console().out().println(name);
    } catch (CooperException.NotFound e) {
      if (!force) {
        throw e;
      }
      // What is to be gone is gone: told, and no failure, as with Docker.
      invocation.console().error().println("Error: " + e.getMessage());
    }
  }
}
