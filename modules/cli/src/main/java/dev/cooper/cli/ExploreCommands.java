package dev.cooper.cli;

import dev.cooper.cli.explore.LayersCommand;
import java.util.List;

/** The commands that look inside an image. */
final class ExploreCommands {
  private ExploreCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "layers",
            "image layers",
            "Show what each layer did, and what is wasted",
            LayersCommand::new));
  }
}
