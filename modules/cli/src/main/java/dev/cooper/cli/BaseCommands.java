package dev.cooper.cli;

import dev.cooper.cli.base.BusyboxCommand;
import dev.cooper.cli.base.DebianCommand;
import dev.cooper.cli.base.TarCommand;
import java.util.List;

/** The commands that make an image where there was none. */
final class BaseCommands {
  private BaseCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "base busybox",
            null,
            "Make a base image, or a folder, from a static busybox",
            BusyboxCommand::new),
        new CommandTable.Row(
            "base debian", null, "Make a base image from Debian's packages", DebianCommand::new),
        new CommandTable.Row(
            "base from-tar", null, "Make a base image from a tar", TarCommand::new));
  }
}
