package dev.cooper.cli;

import dev.cooper.cli.disk.BootCommand;
import dev.cooper.cli.disk.DiskCommand;
import java.util.List;

/** The commands that make disks and boot them. */
final class DiskCommands {
  private DiskCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row("disk", null, "Write a bootable disk of an image", DiskCommand::new),
        new CommandTable.Row("boot", null, "Boot an image or a disk in QEMU", BootCommand::new));
  }
}
