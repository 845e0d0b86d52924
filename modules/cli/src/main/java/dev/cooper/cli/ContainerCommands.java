package dev.cooper.cli;

import dev.cooper.cli.containers.CleanUpCommand;
import dev.cooper.cli.containers.CreateCommand;
import dev.cooper.cli.containers.RunCommand;
import java.util.List;

/** The commands that make, run and look at containers. */
final class ContainerCommands {
  private ContainerCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "run", "container run", "Run a command in a new container", RunCommand::new),
        new CommandTable.Row(
            "create", "container create", "Create a new container", CreateCommand::new),
        new CommandTable.Row(
            "container cleanup",
            null,
            "Take down mounts and networks of containers that have ended",
            CleanUpCommand::new));
  }
}
