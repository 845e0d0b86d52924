package dev.cooper.cli;

import java.util.List;

/** The commands that make, run and look at containers. */
final class ContainerCommands {
  private ContainerCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of();
  }
}
