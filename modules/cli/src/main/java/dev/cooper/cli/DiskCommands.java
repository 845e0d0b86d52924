package dev.cooper.cli;

import dev.cooper.cli.disk.BootCommandFlags;
import dev.cooper.cli.disk.DiskCommandFlags;
import dev.cooper.cli.disk.DiskDiffCommandFlags;
import dev.cooper.cli.disk.DiskInspectCommandFlags;
import java.util.List;

/** The commands that make disks and boot them. */
final class DiskCommands {
  private DiskCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "disk", null, "Write a bootable disk of an image", DiskCommandFlags::new),
        new CommandTable.Row(
            "disk inspect",
            null,
            "Show a disk's partitions, file systems and files",
            DiskInspectCommandFlags::new),
        new CommandTable.Row(
            "disk diff", null, "Show how two disks differ", DiskDiffCommandFlags::new),
        new CommandTable.Row(
            "boot", null, "Boot an image or a disk in QEMU", BootCommandFlags::new));
  }
}
