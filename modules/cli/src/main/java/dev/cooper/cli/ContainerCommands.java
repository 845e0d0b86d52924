package dev.cooper.cli;

import dev.cooper.cli.containers.AttachCommand;
import dev.cooper.cli.containers.CleanUpCommand;
import dev.cooper.cli.containers.CopyCommand;
import dev.cooper.cli.containers.CreateCommand;
import dev.cooper.cli.containers.DiffCommand;
import dev.cooper.cli.containers.ExecCommand;
import dev.cooper.cli.containers.ExportCommand;
import dev.cooper.cli.containers.InspectCommand;
import dev.cooper.cli.containers.KillCommand;
import dev.cooper.cli.containers.LogsCommand;
import dev.cooper.cli.containers.PauseCommand;
import dev.cooper.cli.containers.PsCommand;
import dev.cooper.cli.containers.RemoveCommand;
import dev.cooper.cli.containers.RenameCommand;
import dev.cooper.cli.containers.RestartCommand;
import dev.cooper.cli.containers.RunCommand;
import dev.cooper.cli.containers.StartCommand;
import dev.cooper.cli.containers.StopCommand;
import dev.cooper.cli.containers.TopCommand;
import dev.cooper.cli.containers.UnpauseCommand;
import dev.cooper.cli.containers.WaitCommand;
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
            ExportCommand::new),
        new CommandTable.Row(
            "diff",
            "container diff",
            "Inspect changes to files on a container's filesystem",
            DiffCommand::new),
        new CommandTable.Row(
            "cp",
            "container cp",
            "Copy files/folders between a container and the local filesystem",
            CopyCommand::new),
        new CommandTable.Row(
            "attach", "container attach", "Attach to a running container", AttachCommand::new),
        new CommandTable.Row(
            "create", "container create", "Create a new container", CreateCommand::new),
        new CommandTable.Row(
            "exec", "container exec", "Run a command in a running container", ExecCommand::new),
        new CommandTable.Row(
            "inspect",
            null,
            "Return low-level information on containers and images",
            InspectCommand::new),
        new CommandTable.Row(
            "container inspect",
            null,
            "Display detailed information on containers",
            () -> InspectCommand.of("container")),
        new CommandTable.Row(
            "image inspect",
            null,
            "Display detailed information on images",
            () -> InspectCommand.of("image")),
        new CommandTable.Row(
            "kill", "container kill", "Kill one or more running containers", KillCommand::new),
        new CommandTable.Row(
            "logs", "container logs", "Fetch the logs of a container", LogsCommand::new),
        new CommandTable.Row(
            "pause",
            "container pause",
            "Pause all processes within one or more containers",
            PauseCommand::new),
        new CommandTable.Row("ps", "container ls", "List containers", PsCommand::new),
        new CommandTable.Row(
            "rename", "container rename", "Rename a container", RenameCommand::new),
        new CommandTable.Row(
            "restart", "container restart", "Restart one or more containers", RestartCommand::new),
        new CommandTable.Row(
            "rm", "container rm", "Remove one or more containers", RemoveCommand::new),
        new CommandTable.Row(
            "run", "container run", "Run a command in a new container", RunCommand::new),
        new CommandTable.Row(
            "start", "container start", "Start one or more stopped containers", StartCommand::new),
        new CommandTable.Row(
            "stop", "container stop", "Stop one or more running containers", StopCommand::new),
        new CommandTable.Row(
            "top",
            "container top",
            "Display the running processes of a container",
            TopCommand::new),
        new CommandTable.Row(
            "unpause",
            "container unpause",
            "Unpause all processes within one or more containers",
            UnpauseCommand::new),
        new CommandTable.Row(
            "wait",
            "container wait",
            "Block until containers stop, then print their exit codes",
            WaitCommand::new),
        new CommandTable.Row(
            "container cleanup",
            null,
            "Take down what containers that have ended left",
            CleanUpCommand::new));
  }
}
