package dev.cooper.cli;

import java.util.List;

/** The commands that build images. */
final class BuildCommands {
  private BuildCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of();
  }
}
