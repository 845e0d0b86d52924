package dev.cooper.cli;

import dev.cooper.cli.base.BusyboxCommandFlags;
import dev.cooper.cli.base.DebianCommandFlags;
import dev.cooper.cli.base.DirectoryCommandFlags;
import dev.cooper.cli.base.FromBinaryCommandFlags;
import dev.cooper.cli.base.HostCommandFlags;
import dev.cooper.cli.base.TarCommandFlags;
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
            BusyboxCommandFlags::new),
        new CommandTable.Row(
            "base debian",
            null,
            "Make a base image from Debian's packages",
            DebianCommandFlags::new),
        new CommandTable.Row(
            "base host", null, "Make a base image of this running system", HostCommandFlags::new),
        new CommandTable.Row(
            "base from-binary",
            null,
            "Make a base image of programs and the libraries they need",
            FromBinaryCommandFlags::new),
        new CommandTable.Row(
            "base from-dir", null, "Make a base image of a directory", DirectoryCommandFlags::new),
        new CommandTable.Row(
            "base from-tar", null, "Make a base image from a tar", TarCommandFlags::new));
  }
}
