package dev.cooper.cli;

import java.util.List;

/** The commands that make disks and boot them. */
final class DiskCommands {
  private DiskCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of();
  }
}
