package dev.cooper.cli;

import dev.cooper.cli.explore.DoctorCommand;
import dev.cooper.cli.explore.LayersCommand;
import dev.cooper.cli.explore.SbomCommand;
import dev.cooper.cli.explore.WhereCommand;
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
            LayersCommand::new),
        new CommandTable.Row(
            "where", null, "Show which layer a file of an image comes from", WhereCommand::new),
        new CommandTable.Row(
            "doctor", null, "Find what will not work in an image, and why", DoctorCommand::new),
        new CommandTable.Row("sbom", null, "List the software in an image", SbomCommand::new));
  }
}
