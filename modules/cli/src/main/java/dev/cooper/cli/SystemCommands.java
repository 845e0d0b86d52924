package dev.cooper.cli;

import dev.cooper.cli.system.DiskUsageCommandFlags;
import dev.cooper.cli.system.InfoCommandFlags;
import dev.cooper.cli.system.PruneSystemCommandFlags;
import dev.cooper.cli.volumes.CreateVolumeCommandFlags;
import dev.cooper.cli.volumes.InspectVolumeCommandFlags;
import dev.cooper.cli.volumes.PruneVolumesCommandFlags;
import dev.cooper.cli.volumes.RemoveVolumeCommandFlags;
import dev.cooper.cli.volumes.VolumesCommandFlags;
import java.util.List;

/** The commands about volumes, and about everything that is kept. */
final class SystemCommands {
  private SystemCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row("volume ls", "volume list", "List volumes", VolumesCommandFlags::new),
        new CommandTable.Row(
            "volume create", null, "Create a volume", CreateVolumeCommandFlags::new),
        new CommandTable.Row(
            "volume inspect",
            null,
            "Display detailed information on one or more volumes",
            InspectVolumeCommandFlags::new),
        new CommandTable.Row(
            "volume rm",
            "volume remove",
            "Remove one or more volumes",
            RemoveVolumeCommandFlags::new),
        new CommandTable.Row(
            "volume prune", null, "Remove unused local volumes", PruneVolumesCommandFlags::new),
        new CommandTable.Row("system df", null, "Show disk usage", DiskUsageCommandFlags::new),
        new CommandTable.Row(
            "system prune", null, "Remove unused data", PruneSystemCommandFlags::new),
        new CommandTable.Row(
            "info", "system info", "Display system-wide information", InfoCommandFlags::new));
  }
}
