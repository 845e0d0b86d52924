package dev.cooper.cli;

import dev.cooper.cli.containers.AttachCommandFlags;
import dev.cooper.cli.containers.CleanUpCommandFlags;
import dev.cooper.cli.containers.CommitCommandFlags;
import dev.cooper.cli.containers.CopyCommandFlags;
import dev.cooper.cli.containers.CreateCommandFlags;
import dev.cooper.cli.containers.DiffCommandFlags;
import dev.cooper.cli.containers.ExecCommandFlags;
import dev.cooper.cli.containers.ExportCommandFlags;
import dev.cooper.cli.containers.InspectCommand;
import dev.cooper.cli.containers.InspectCommandFlags;
import dev.cooper.cli.containers.KillCommandFlags;
import dev.cooper.cli.containers.LogsCommandFlags;
import dev.cooper.cli.containers.PauseCommandFlags;
import dev.cooper.cli.containers.PortCommandFlags;
import dev.cooper.cli.containers.PruneContainersCommandFlags;
import dev.cooper.cli.containers.PsCommandFlags;
import dev.cooper.cli.containers.RemoveCommandFlags;
import dev.cooper.cli.containers.RenameCommandFlags;
import dev.cooper.cli.containers.RestartCommandFlags;
import dev.cooper.cli.containers.RunCommandFlags;
import dev.cooper.cli.containers.StartCommandFlags;
import dev.cooper.cli.containers.StopCommandFlags;
import dev.cooper.cli.containers.TopCommandFlags;
import dev.cooper.cli.containers.UnpauseCommandFlags;
import dev.cooper.cli.containers.WaitCommandFlags;
import java.util.List;

/** The commands that make, run and look at containers. */
final class ContainerCommands {
  private ContainerCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "export",
            "container export",
            "Export a container's or an image's filesystem as a tar archive",
            ExportCommandFlags::new),
        new CommandTable.Row(
            "diff",
            "container diff",
            "Inspect changes to files on a container's filesystem",
            DiffCommandFlags::new),
        new CommandTable.Row(
            "cp",
            "container cp",
            "Copy files/folders between a container and the local filesystem",
            CopyCommandFlags::new),
        new CommandTable.Row(
            "attach", "container attach", "Attach to a running container", AttachCommandFlags::new),
        new CommandTable.Row(
            "commit",
            "container commit",
            "Create a new image from a container's changes",
            CommitCommandFlags::new),
        new CommandTable.Row(
            "port",
            "container port",
            "List port mappings or a specific mapping for the container",
            PortCommandFlags::new),
        new CommandTable.Row(
            "create", "container create", "Create a new container", CreateCommandFlags::new),
        new CommandTable.Row(
            "exec",
            "container exec",
            "Run a command in a running container",
            ExecCommandFlags::new),
        new CommandTable.Row(
            "inspect",
            null,
            "Return low-level information on containers and images",
            InspectCommandFlags::new),
        new CommandTable.Row(
            "container inspect",
            null,
            "Display detailed information on containers",
            () -> new InspectCommandFlags(InspectCommand.of("container"))),
        new CommandTable.Row(
            "image inspect",
            null,
            "Display detailed information on images",
            () -> new InspectCommandFlags(InspectCommand.of("image"))),
        new CommandTable.Row(
            "kill", "container kill", "Kill one or more running containers", KillCommandFlags::new),
        new CommandTable.Row(
            "logs", "container logs", "Fetch the logs of a container", LogsCommandFlags::new),
        new CommandTable.Row(
            "pause",
            "container pause",
            "Pause all processes within one or more containers",
            PauseCommandFlags::new),
        new CommandTable.Row("ps", "container ls", "List containers", PsCommandFlags::new),
        new CommandTable.Row(
            "rename", "container rename", "Rename a container", RenameCommandFlags::new),
        new CommandTable.Row(
            "restart",
            "container restart",
            "Restart one or more containers",
            RestartCommandFlags::new),
        new CommandTable.Row(
            "rm", "container rm", "Remove one or more containers", RemoveCommandFlags::new),
        new CommandTable.Row(
            "run", "container run", "Run a command in a new container", RunCommandFlags::new),
        new CommandTable.Row(
            "start",
            "container start",
            "Start one or more stopped containers",
            StartCommandFlags::new),
        new CommandTable.Row(
            "stop", "container stop", "Stop one or more running containers", StopCommandFlags::new),
        new CommandTable.Row(
            "top",
            "container top",
            "Display the running processes of a container",
            TopCommandFlags::new),
        new CommandTable.Row(
            "unpause",
            "container unpause",
            "Unpause all processes within one or more containers",
            UnpauseCommandFlags::new),
        new CommandTable.Row(
            "wait",
            "container wait",
            "Block until containers stop, then print their exit codes",
            WaitCommandFlags::new),
        new CommandTable.Row(
            "container prune",
            null,
            "Remove all stopped containers",
            PruneContainersCommandFlags::new),
        new CommandTable.Row(
            "container cleanup",
            null,
            "Take down what containers that have ended left",
            CleanUpCommandFlags::new));
  }
}
