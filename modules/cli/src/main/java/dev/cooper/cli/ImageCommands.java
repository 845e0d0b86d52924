package dev.cooper.cli;

import java.util.List;

/** The commands that list, inspect, name and remove images. */
final class ImageCommands {
  private ImageCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of();
  }
}
