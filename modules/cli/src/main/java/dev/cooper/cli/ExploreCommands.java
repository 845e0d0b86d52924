package dev.cooper.cli;

import dev.cooper.cli.explore.DoctorCommandFlags;
import dev.cooper.cli.explore.LayersCommandFlags;
import dev.cooper.cli.explore.SbomCommandFlags;
import dev.cooper.cli.explore.WhereCommandFlags;
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
            LayersCommandFlags::new),
        new CommandTable.Row(
            "where",
            null,
            "Show which layer a file of an image comes from",
            WhereCommandFlags::new),
        new CommandTable.Row(
            "doctor",
            null,
            "Find what will not work in an image, and why",
            DoctorCommandFlags::new),
        new CommandTable.Row("sbom", null, "List the software in an image", SbomCommandFlags::new));
  }
}
